import type { Round } from '../measure/measureRounds.ts';
import type { Turn } from '../measure/measureTurn.ts';
import { percentile } from '../measure/percentile.ts';
import { spreadOf } from '../measure/spread.ts';
import type { Contestant } from '../scenarios/setUpScenario.ts';
import type { ServerFigures, ServerRound } from './benchReport.ts';

/** What the figures name of a server. */
export type Competitor = Pick<Contestant, 'name' | 'title' | 'scenario' | 'peer'>;

/** Below this share of the intended rate the server, or the generator, did not keep up. */
const leastShareOfRate = 0.97;
/** A generator that begins later than this is itself what is measured. */
const mostLagMs = 10;

/** Folds one server's turns into its figures; only rounds that are kept count, the others are listed. */
export function serverFigures(
  { name, title, scenario }: Competitor,
  rounds: readonly Round[],
  pagesPerSecond: number,
): ServerFigures {
  const turns = rounds.flatMap((round, index) =>
    round.turns.filter(({ server }) => server === name).map((turn) => ({ turn, index, kept: round.kept })),
  );
  const each = turns.map(({ turn, index, kept }) => ({
    ...roundOf(turn, pagesPerSecond),
    round: index + 1,
    kept,
  }));
  const counted = each.filter(({ kept }) => kept);
  return {
    server: name,
    title,
    scenario: scenario.kind,
    pagesPerSecond,
    cpuPerPageUs: spreadOf(counted.map(({ cpuPerPageUs }) => cpuPerPageUs)),
    ...latenciesOf(turns.filter(({ kept }) => kept).flatMap(({ turn }) => turn.load.latenciesUs)),
    rateKept: counted.every(({ rateKept }) => rateKept),
    rounds: each,
  };
}

function roundOf({ cpuUs, load }: Turn, pagesPerSecond: number): Omit<ServerRound, 'round' | 'kept'> {
  const { latenciesUs, achievedPerSecond, lagP50Us, lagP99Us } = load;
  const lagP99Ms = lagP99Us / 1_000;
  return {
    pages: latenciesUs.length,
    cpuPerPageUs: cpuUs / latenciesUs.length,
    ...latenciesOf(latenciesUs),
    achievedPerSecond,
    lagP50Ms: lagP50Us / 1_000,
    lagP99Ms,
    rateKept: achievedPerSecond >= leastShareOfRate * pagesPerSecond && lagP99Ms <= mostLagMs,
  };
}

/** By percentile, in ms. */
export const latenciesOf = (latenciesUs: readonly number[]) => ({
  p50Ms: percentile(latenciesUs, 0.5) / 1_000,
  p95Ms: percentile(latenciesUs, 0.95) / 1_000,
  p99Ms: percentile(latenciesUs, 0.99) / 1_000,
});

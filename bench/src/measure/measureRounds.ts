import { BenchFailure } from '../benchFailure.ts';
import type { Plan } from '../options.ts';
import type { Contestant } from '../scenarios/setUpScenario.ts';
import { type Instruments, measureTurn, type Turn } from './measureTurn.ts';
import { percentile } from './percentile.ts';
import { rotated } from './rotated.ts';
import { type ControlReading, undisturbed } from './undisturbed.ts';

/** All servers' turns, one after the other, and what the control showed meanwhile. */
export interface Round {
  readonly turns: readonly Turn[];
  readonly control: ControlReading;
  /** False: the control says that the machine was disturbed, and the round counts for nobody. */
  readonly kept: boolean;
}

export interface RoundsOptions {
  readonly plan: Plan;
  /** Called before each turn. */
  readonly onTurn: (what: string) => void;
}

/** Half as many again as were asked for may be spent on those that do not count. */
const mostRounds = ({ rounds }: Plan): number => Math.ceil(1.5 * rounds);

/** Each server once, until its code is compiled; nothing of it is kept. */
export async function warmUp(
  instruments: Instruments,
  contestants: readonly Contestant[],
  { plan, onTurn }: RoundsOptions,
): Promise<void> {
  for (const contestant of contestants) {
    onTurn(`warm-up: ${contestant.name}`);
    await measureTurn(instruments, contestant, effortFor(contestant, plan.warmUpSeconds, plan));
  }
}

/** Rounds until as many as wanted are undisturbed, or as many were tried as may be. */
export async function measureRounds(
  instruments: Instruments,
  contestants: readonly Contestant[],
  { plan, onTurn }: RoundsOptions,
): Promise<readonly Round[]> {
  const rounds: Omit<Round, 'kept'>[] = [];
  let kept: readonly boolean[] = [];
  while (kept.filter(Boolean).length < plan.rounds && rounds.length < mostRounds(plan)) {
    rounds.push(await measureRound(rounds.length));
    kept = undisturbed(rounds.map(({ control }) => control));
  }
  if (!kept.includes(true)) {
    throw new BenchFailure('The machine was disturbed in every round; wait until nothing else runs on it.');
  }
  return rounds.map((round, index) => ({ ...round, kept: kept[index] ?? false }));

  async function measureRound(round: number): Promise<Omit<Round, 'kept'>> {
    const turns: Turn[] = [];
    const controls: Turn[] = [];
    for (const contestant of rotated(contestants, round)) {
      onTurn(`round ${round + 1}: ${contestant.name}`);
      const { turn, control } = await measureTurn(
        instruments,
        contestant,
        effortFor(contestant, plan.seconds, plan),
      );
      turns.push(turn);
      controls.push(control);
    }
    return { turns, control: readingOf(controls) };
  }
}

const effortFor = ({ scenario }: Contestant, seconds: number, { pagesPerSecond }: Plan) => ({
  requestsPerSecond: pagesPerSecond[scenario.name],
  seconds,
});

function readingOf(turns: readonly Turn[]): ControlReading {
  const latenciesUs = turns.flatMap(({ load }) => load.latenciesUs);
  const cpuUs = turns.reduce((sum, turn) => sum + turn.cpuUs, 0);
  return { cpuPerPageUs: cpuUs / latenciesUs.length, p99Ms: percentile(latenciesUs, 0.99) / 1_000 };
}

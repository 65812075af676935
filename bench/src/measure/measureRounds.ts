import { IncompletePage } from '../benchFailure.ts';
import type { Plan } from '../options.ts';
import type { Contestant } from '../scenarios/setUpScenario.ts';
import { type Instruments, measureTurn, type Turn } from './measureTurn.ts';
import { percentile } from './percentile.ts';
import { rotated } from './rotated.ts';
import type { ControlReading } from './undisturbed.ts';
import { type Rounds, undisturbedRounds } from './undisturbedRounds.ts';

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

/** Each server once, until its code is compiled; nothing of it is kept, nor need its pages be complete. */
export async function warmUp(
  instruments: Instruments,
  contestants: readonly Contestant[],
  { plan, onTurn }: RoundsOptions,
): Promise<void> {
  for (const contestant of contestants) {
    onTurn(`warm-up: ${contestant.name}`);
    await measureTurn(instruments, contestant, effortFor(contestant, plan.warmUpSeconds, plan)).catch(
      ignoreIncomplete,
    );
  }
}

/** For turns of which nothing is kept. */
export function ignoreIncomplete(error: unknown): void {
  if (!(error instanceof IncompletePage)) throw error;
}

/** Rounds until as many as wanted are undisturbed, or as many were tried as may be. */
export async function measureRounds(
  instruments: Instruments,
  contestants: readonly Contestant[],
  { plan, onTurn }: RoundsOptions,
): Promise<Rounds<Round>> {
  return undisturbedRounds(plan.rounds, measureRound);

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
  requestsPerSecond: pagesPerSecond[scenario.kind],
  seconds,
});

/** What the control showed in all turns of a round. */
export function readingOf(turns: readonly Turn[]): ControlReading {
  const latenciesUs = turns.flatMap(({ load }) => load.latenciesUs);
  const cpuUs = turns.reduce((sum, turn) => sum + turn.cpuUs, 0);
  return { cpuPerPageUs: cpuUs / latenciesUs.length, p99Ms: percentile(latenciesUs, 0.99) / 1_000 };
}

import { setImmediate } from 'node:timers/promises';
import { rotated } from '../measure/rotated.ts';
import type { ControlReading } from '../measure/undisturbed.ts';
import { undisturbedRounds } from '../measure/undisturbedRounds.ts';
import { collectGarbage } from './collectGarbage.ts';
import type { Contestant } from './contestants.ts';
import type { CompositionPlan } from './options.ts';
import { readingOf, timeControl, timePages } from './timePages.ts';

/** By contestant, microseconds of CPU a page in one round; and what the control showed between their turns. */
export interface Round {
  readonly us: ReadonlyMap<Contestant, number>;
  readonly control: ControlReading;
  /** False: the control says that the machine was disturbed, and the round counts for nobody. */
  readonly kept: boolean;
}

/**
 * Everybody once to warm up, then rounds until as many as wanted are undisturbed, or as many were tried as may be. Between
 * turns the process looks at its signals.
 *
 * @throws BenchFailure when no round is
 */
export async function measureRounds(
  contestants: readonly Contestant[],
  { rounds: wanted, turnMs, warmUpMs }: CompositionPlan,
  onTurn: (what: string) => void,
): Promise<readonly Round[]> {
  const numbers = new Float64Array(8_192);
  for (const contestant of contestants) {
    onTurn(`warm-up: ${contestant.name}`);
    await setImmediate();
    timeControl(numbers);
    timePages(contestant, warmUpMs);
  }
  return (await undisturbedRounds(wanted, measureRound)).rounds;

  async function measureRound(round: number): Promise<Omit<Round, 'kept'>> {
    const us = new Map<Contestant, number>();
    const pieces: number[] = [];
    for (const contestant of rotated(contestants, round)) {
      onTurn(`round ${round + 1}: ${contestant.name}`);
      await setImmediate();
      // Nobody pays for another's garbage, nor for code and caches that the collection or the others have cooled.
      collectGarbage();
      pieces.push(...timeControl(numbers));
      timePages(contestant, turnMs / 2);
      us.set(contestant, timePages(contestant, turnMs));
    }
    return { us, control: readingOf(pieces) };
  }
}

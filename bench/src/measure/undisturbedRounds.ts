import { BenchFailure, IncompletePage } from '../benchFailure.ts';
import { type ControlReading, undisturbed } from './undisturbed.ts';

/** Half as many again as are wanted may be spent on those that do not count, and two at least. */
const mostRounds = (wanted: number): number => wanted + Math.max(2, Math.ceil(wanted / 2));

export interface Rounds<Round> {
  readonly rounds: readonly Round[];
  /** Of each round that was broken off, whose page was not complete, and why. */
  readonly brokenOff: readonly string[];
}

/**
 * Measures rounds until as many as wanted are undisturbed, or as many were tried as may be. `kept` is false where the
 * control says that the machine was disturbed: such a round counts for nobody.
 *
 * @throws BenchFailure when none is kept
 */
export async function undisturbedRounds<Measured extends { readonly control: ControlReading }>(
  wanted: number,
  measureRound: (round: number) => Promise<Measured>,
): Promise<Rounds<Measured & { readonly kept: boolean }>> {
  const rounds: Measured[] = [];
  const brokenOff: string[] = [];
  let kept: readonly boolean[] = [];
  for (let tried = 0; tried < mostRounds(wanted) && kept.filter(Boolean).length < wanted; tried += 1) {
    try {
      rounds.push(await measureRound(tried));
      kept = undisturbed(rounds.map(({ control }) => control));
    } catch (error) {
      if (!(error instanceof IncompletePage)) throw error;
      brokenOff.push(error.message);
    }
  }
  if (!kept.includes(true)) throw new BenchFailure(whyNone(brokenOff));
  return { rounds: rounds.map((round, index) => ({ ...round, kept: kept[index] ?? false })), brokenOff };
}

const whyNone = (brokenOff: readonly string[]): string =>
  brokenOff.at(-1) ?? 'The machine was disturbed in every round; wait until nothing else runs on it.';

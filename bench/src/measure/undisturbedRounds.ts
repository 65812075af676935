import { BenchFailure, IncompletePage } from '../benchFailure.ts';
import { type ControlReading, undisturbed } from './undisturbed.ts';

/** Half as many again as are wanted may be spent on those that were disturbed. */
const mostRounds = (wanted: number): number => Math.ceil(1.5 * wanted);

/** A machine may stand still for a moment; a server whose pages are not complete more often than this has no figures. */
const mostBrokenOff = 2;

export interface Rounds<Round> {
  readonly rounds: readonly Round[];
  /** Of each round that was broken off, whose page was not complete, and why. */
  readonly brokenOff: readonly string[];
}

/**
 * Measures rounds until as many as wanted are undisturbed, or as many were tried as may be. `kept` is false where the
 * control says that the machine was disturbed: such a round counts for nobody.
 *
 * @throws BenchFailure when none is kept, and what a round was broken off for when too many were
 */
export async function undisturbedRounds<Measured extends { readonly control: ControlReading }>(
  wanted: number,
  measureRound: (round: number) => Promise<Measured>,
): Promise<Rounds<Measured & { readonly kept: boolean }>> {
  const rounds: Measured[] = [];
  const brokenOff: string[] = [];
  let kept: readonly boolean[] = [];
  while (kept.filter(Boolean).length < wanted && rounds.length < mostRounds(wanted)) {
    try {
      rounds.push(await measureRound(rounds.length + brokenOff.length));
      kept = undisturbed(rounds.map(({ control }) => control));
    } catch (error) {
      if (!(error instanceof IncompletePage) || brokenOff.length === mostBrokenOff) throw error;
      brokenOff.push(error.message);
    }
  }
  if (!kept.includes(true)) {
    throw new BenchFailure('The machine was disturbed in every round; wait until nothing else runs on it.');
  }
  return { rounds: rounds.map((round, index) => ({ ...round, kept: kept[index] ?? false })), brokenOff };
}

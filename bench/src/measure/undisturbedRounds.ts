import { BenchFailure } from '../benchFailure.ts';
import { type ControlReading, undisturbed } from './undisturbed.ts';

/** Half as many again as are wanted may be spent on those that do not count. */
const mostRounds = (wanted: number): number => Math.ceil(1.5 * wanted);

/**
 * Measures rounds until as many as wanted are undisturbed, or as many were tried as may be. `kept` is false where the
 * control says that the machine was disturbed: such a round counts for nobody.
 *
 * @throws BenchFailure when none is kept
 */
export async function undisturbedRounds<Measured extends { readonly control: ControlReading }>(
  wanted: number,
  measureRound: (round: number) => Promise<Measured>,
): Promise<readonly (Measured & { readonly kept: boolean })[]> {
  const rounds: Measured[] = [];
  let kept: readonly boolean[] = [];
  while (kept.filter(Boolean).length < wanted && rounds.length < mostRounds(wanted)) {
    rounds.push(await measureRound(rounds.length));
    kept = undisturbed(rounds.map(({ control }) => control));
  }
  if (!kept.includes(true)) {
    throw new BenchFailure('The machine was disturbed in every round; wait until nothing else runs on it.');
  }
  return rounds.map((round, index) => ({ ...round, kept: kept[index] ?? false }));
}

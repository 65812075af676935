import { discountBetween, discountedRanks, rankDiscounts } from './discount.ts';
import { runEnds } from './isotonic.ts';

/** By how many are shown and how many are scored. */
const made: (Float64Array | undefined)[][] = [];

/**
 * By rank of a list, as far as it is scored: the sum of its worths, each times this, is the most that the `shown` items that
 * a row of the page shows can be worth once the list is smoothed. It is the rank's discount, and below what is shown a
 * share of that.
 *
 * A block is worth the square of a mean of roots, at most the mean of what they are roots of; so only one that reaches below what is shown
 * brings more than was in it there: of what it has below, as much as the share of its weight that is shown. It
 * has all the run below, so that is no more than with all that is shown in it; unless the run is cut short: then it is all.
 */
export function mostWeights(shown: number, scored: number): Float64Array {
  const known = made[shown]?.[scored];
  if (known !== undefined) return known;
  const weights = rankDiscounts.slice(0, scored);
  const share = shareLifted(shown, scored);
  for (let rank = shown; rank < weights.length; rank++) weights[rank] = share * (rankDiscounts[rank] ?? 0);
  const ofShown = made[shown] ?? [];
  made[shown] = ofShown;
  ofShown[scored] = weights;
  return weights;
}

function shareLifted(shown: number, scored: number): number {
  const runEnd = runEnds.find((end) => end > shown) ?? discountedRanks;
  return scored < runEnd ? 1 : discountBetween(0, shown) / discountBetween(0, runEnd);
}

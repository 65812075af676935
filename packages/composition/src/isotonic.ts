import { discountedRanks, discountsBefore, rankDiscounts } from './discount.ts';

/** Lists hold at most 200 items. What a longer one has further down is only kept from rising. */
const ranksSmoothed = discountedRanks;

/**
 * Where the runs of ranks end within which a source's order says nothing about how much less an item is worth: of two
 * neighbours at the head of a list much, of two far down nothing. Each run is smoothed as one.
 */
export const runEnds = Int32Array.of(1, 2, 3, 5, 8, 12, 20, 30, 50, 100, ranksSmoothed);

/** Blocks of the list being smoothed: what they weigh, their weighted sum, and the rank where they end. */
const weights = new Float64Array(runEnds.length);
const sums = new Float64Array(runEnds.length);
const ends = new Int32Array(runEnds.length);

/** A list whose values are made: rows `start` up to, not including, `end`, of which the first `scored` count. */
export interface ListRows {
  readonly start: number;
  readonly scored: number;
  readonly end: number;
  /** How many a row of the page shows. */
  readonly shown: number;
}

/**
 * Writes the values of one list, by row: what its items are worth by place, `worths`, made non-increasing. They are the
 * nearest sequence (weighted least squares of square roots, which evens out the spread of sums of votes) that does not
 * contradict the source's order, constant within runs of ranks. Pools adjacent violators: Barlow, Bartholomew, Bremner,
 * Brunk: Statistical Inference under Order Restrictions, 1972. Worths are finite, not negative. What comes after those
 * that count is worth as much as the last of them. Returns what the first `shown` are worth in a row of the page: the
 * most that any of the list can be.
 */
export function writeNonIncreasing(
  values: Float64Array,
  worths: Float64Array,
  { start, scored, end, shown }: ListRows,
): number {
  const blocks = pool(worths, Math.min(scored, ranksSmoothed));
  let rank = 0;
  let most = 0;
  let value = 0;
  for (let block = 0; block < blocks; block++) {
    const mean = (sums[block] ?? 0) / (weights[block] ?? 1);
    const last = ends[block] ?? rank;
    value = mean * mean;
    if (rank < shown) most += value * weightBetween(rank, Math.min(shown, last));
    for (; rank < last; rank++) values[start + rank] = value;
  }
  if (rank < shown) most += value * weightBetween(rank, Math.min(shown, end - start));
  for (; start + rank < end; rank++) values[start + rank] = value;
  return most;
}

/** By how many are shown: the end of the run that the first rank below is in. */
const endBelow = Int32Array.from(
  { length: ranksSmoothed },
  (_, shown) => runEnds.find((end) => end > shown) ?? ranksSmoothed,
);

/** The same: the share in {@link shareLifted} of lists that go down as far as that. */
const sharesLifted = Float64Array.from(
  endBelow,
  (end, shown) => discountsBefore(shown) / discountsBefore(end),
);

/**
 * Smoothing makes what a row of the page shows worth at most its discounted sum and this share of that of the ranks
 * below, down to `scored`. A block is worth the square of a mean of roots, at most the mean of what they are roots of; so only a
 * block that reaches below what is shown brings more than was in it there: of what it has below, as much as the
 * share of its weight that is shown. It has all the run below, so that is no more than with all that is shown in it.
 */
export function shareLifted(shown: number, scored: number): number {
  return scored < (endBelow[shown] ?? ranksSmoothed) ? 1 : (sharesLifted[shown] ?? 1);
}

/** Finds the blocks of a list of so many ranks; returns how many there are. */
function pool(worths: Float64Array, length: number): number {
  let blocks = 0;
  let rank = 0;
  for (let run = 0; rank < length; run++) {
    const last = Math.min(length, runEnds[run] ?? length);
    let weight = weightBetween(rank, last);
    let sum = weightedRoots(worths, rank, last);
    rank = last;
    while (blocks > 0 && (sums[blocks - 1] ?? 0) * weight < sum * (weights[blocks - 1] ?? 0)) {
      blocks--;
      weight += weights[blocks] ?? 0;
      sum += sums[blocks] ?? 0;
    }
    weights[blocks] = weight;
    sums[blocks] = sum;
    ends[blocks] = rank;
    blocks++;
  }
  return blocks;
}

const weightBetween = (from: number, to: number): number => discountsBefore(to) - discountsBefore(from);

/** A function of its own, and two ranks at a time: no root waits for the one before. */
function weightedRoots(worths: Float64Array, first: number, last: number): number {
  const discounts = rankDiscounts;
  let even = 0;
  let odd = 0;
  let rank = first;
  for (const end = last - 1; rank < end; rank += 2) {
    even += (discounts[rank] ?? 0) * Math.sqrt(worths[rank] ?? 0);
    odd += (discounts[rank + 1] ?? 0) * Math.sqrt(worths[rank + 1] ?? 0);
  }
  if (rank < last) even += (discounts[rank] ?? 0) * Math.sqrt(worths[rank] ?? 0);
  return even + odd;
}

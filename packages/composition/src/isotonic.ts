import { discountOf } from './discount.ts';

/** Lists hold at most 200 items. What a longer one has further down is only kept from rising. */
const ranksSmoothed = 256;

/**
 * Where the runs of ranks end within which a source's order says nothing about how much less an item is worth: of two
 * neighbours at the head of a list much, of two far down nothing. Each run is smoothed as one.
 */
const runEnds = Int32Array.of(1, 2, 3, 5, 8, 12, 20, 30, 50, 100, ranksSmoothed);

/** By rank from 0, and summed over the ranks before. */
const weightOf = Float64Array.from({ length: ranksSmoothed }, (_, rank) => discountOf(rank + 1));
const weightBefore = new Float64Array(ranksSmoothed + 1);
for (const [rank, weight] of weightOf.entries()) weightBefore[rank + 1] = (weightBefore[rank] ?? 0) + weight;

/** Blocks of the list being smoothed: what they weigh, their weighted sum, and the rank where they end. */
const weights = new Float64Array(runEnds.length);
const sums = new Float64Array(runEnds.length);
const ends = new Int32Array(runEnds.length);

/**
 * Makes the values of one list, `values[start]` up to, not including, `values[end]`, non-increasing, in place: the
 * nearest sequence (weighted least squares of square roots, which evens out the spread of sums of votes) that does not
 * contradict the source's order, constant within runs of ranks. Pools adjacent violators: Barlow, Bartholomew, Bremner,
 * Brunk: Statistical Inference under Order Restrictions, 1972. Values are finite, not negative.
 */
export function makeNonIncreasing(values: Float64Array, start: number, end: number): void {
  const length = Math.min(end - start, ranksSmoothed);
  let blocks = 0;
  let rank = 0;
  for (let run = 0; rank < length; run++) {
    const last = Math.min(length, runEnds[run] ?? length);
    let weight = (weightBefore[last] ?? 0) - (weightBefore[rank] ?? 0);
    let sum = weightedRoots(values, start, rank, last);
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
  rank = 0;
  for (let block = 0; block < blocks; block++) {
    const mean = (sums[block] ?? 0) / (weights[block] ?? 1);
    const value = mean * mean;
    for (const last = ends[block] ?? rank; rank < last; rank++) values[start + rank] = value;
  }
  for (let row = start + length; row < end; row++) {
    values[row] = Math.min(values[row] ?? 0, values[row - 1] ?? 0);
  }
}

/** A function of its own, which makes it a third faster. */
function weightedRoots(values: Float64Array, start: number, first: number, last: number): number {
  let sum = 0;
  for (let rank = first; rank < last; rank++) {
    sum += (weightOf[rank] ?? 0) * Math.sqrt(values[start + rank] ?? 0);
  }
  return sum;
}

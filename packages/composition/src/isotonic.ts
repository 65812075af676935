import { discountOf } from './discount.ts';

/**
 * Where the runs of ranks end within which a source's order says nothing about how much less an item is worth: of two
 * neighbours at the head of a list much, of two far down nothing. Each run is smoothed as one.
 */
const runEnds = [1, 2, 3, 5, 8, 12, 20, 30, 50, 100, 200, Number.POSITIVE_INFINITY];

/** By rank from 0; ranks beyond weigh as much as the last. */
const rankWeights = Float64Array.from({ length: 256 }, (_, rank) => discountOf(rank + 1));
const lastRank = rankWeights.length - 1;

/** What the first ranks weigh together, by how many. */
const firstWeights = new Float64Array(rankWeights.length + 1);
for (let rank = 0; rank <= lastRank; rank++) {
  firstWeights[rank + 1] = (firstWeights[rank] ?? 0) + (rankWeights[rank] ?? 0);
}

/** What the ranks from one up to, not including, another weigh together. */
function weightBetween(first: number, last: number): number {
  const known =
    (firstWeights[Math.min(last, lastRank + 1)] ?? 0) - (firstWeights[Math.min(first, lastRank + 1)] ?? 0);
  return known + Math.max(0, last - Math.max(first, lastRank + 1)) * (rankWeights[lastRank] ?? 0);
}

/** Blocks of the list being smoothed: what they weigh, their weighted sum, and the row where they end. */
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
  let blocks = 0;
  let row = start;
  for (let run = 0; row < end; run++) {
    const last = Math.min(end, start + (runEnds[run] ?? Number.POSITIVE_INFINITY));
    let weight = weightBetween(row - start, last - start);
    let sum = 0;
    for (; row < last; row++)
      sum += (rankWeights[Math.min(row - start, lastRank)] ?? 0) * Math.sqrt(values[row] ?? 0);
    while (blocks > 0 && (sums[blocks - 1] ?? 0) * weight < sum * (weights[blocks - 1] ?? 0)) {
      blocks--;
      weight += weights[blocks] ?? 0;
      sum += sums[blocks] ?? 0;
    }
    weights[blocks] = weight;
    sums[blocks] = sum;
    ends[blocks] = row;
    blocks++;
  }
  row = start;
  for (let block = 0; block < blocks; block++) {
    const mean = (sums[block] ?? 0) / (weights[block] ?? 1);
    const value = mean * mean;
    for (const last = ends[block] ?? row; row < last; row++) values[row] = value;
  }
}

import { discountOf } from './discount.ts';

/** Blocks of the list being smoothed: what they weigh, their weighted sum, and where they end. */
let weights = new Float64Array(0);
let sums = new Float64Array(0);
let ends = new Int32Array(0);
let rankWeights = new Float64Array(0);

function makeRoom(length: number): void {
  if (weights.length >= length) return;
  const room = Math.max(256, 2 * length);
  weights = new Float64Array(room);
  sums = new Float64Array(room);
  ends = new Int32Array(room);
  rankWeights = Float64Array.from({ length: room }, (_, rank) => discountOf(rank + 1));
}

/**
 * Makes the values of one list, `values[start]` up to, not including, `values[end]`, non-increasing, in place: the
 * nearest sequence (weighted least squares of square roots, which evens out the spread of sums of votes) that does
 * not contradict the source's order. Pools adjacent violators: Barlow, Bartholomew, Bremner, Brunk: Statistical
 * Inference under Order Restrictions, 1972. Values are finite, not negative.
 */
export function makeNonIncreasing(values: Float64Array, start: number, end: number): void {
  makeRoom(end - start);
  let blocks = 0;
  let isAsIs = true;
  for (let row = start; row < end; row++) {
    let weight = rankWeights[row - start] ?? 0;
    const root = Math.sqrt(values[row] ?? 0);
    let sum = weight * root;
    while (blocks > 0) {
      const weightBefore = weights[blocks - 1] ?? 0;
      const sumBefore = sums[blocks - 1] ?? 0;
      if (sumBefore * weight >= sum * weightBefore) break;
      weight += weightBefore;
      sum += sumBefore;
      blocks--;
      isAsIs = false;
    }
    weights[blocks] = weight;
    sums[blocks] = sum;
    ends[blocks] = row + 1;
    blocks++;
  }
  if (isAsIs) return;
  let row = start;
  for (let block = 0; block < blocks; block++) {
    const mean = (sums[block] ?? 0) / (weights[block] ?? 1);
    const last = ends[block] ?? 0;
    if (last === row + 1) row++;
    else for (const value = mean * mean; row < last; row++) values[row] = value;
  }
}

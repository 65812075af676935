import { discountedRanks, discountsBefore, rankDiscounts } from './discount.ts';

/** Lists hold at most 200 items. What a longer one has further down is only kept from rising. */
const ranksSmoothed = discountedRanks;

/**
 * Where the runs of ranks end within which a source's order says nothing about how much less an item is worth: of two
 * neighbours at the head of a list much, of two far down nothing. Each run is smoothed as one.
 */
export const runEnds = Int32Array.of(1, 2, 3, 5, 8, 12, 20, 30, 50, 100, ranksSmoothed);

/**
 * Lists made non-increasing, as blocks of neighbouring ranks that are worth the same. Each list has room for as many blocks
 * as there are runs, from `runEnds.length` × its number on: where they end, and what each of their items is worth. What comes
 * after its blocks is worth as much as the last of them. `counts`, by list, says how many there are.
 */
export interface Blocks {
  readonly ends: Int32Array;
  readonly values: Float64Array;
  readonly counts: Uint8Array;
}

/** How long a list is, how many of its items are scored, and how many a row of the page shows. */
export interface ListSize {
  readonly items: number;
  readonly scored: number;
  readonly shown: number;
}

/** By rank: Σ discount × root of the worths before it, of the list being smoothed. */
const rootsBefore = new Float64Array(ranksSmoothed + 1);

/**
 * Writes the blocks of one list, of which `worths` holds what its items are worth by place, as far as it is scored; returns
 * what the items that a row shows are worth in it: no display of the list is worth more. Blocks are the nearest
 * sequence (weighted least squares of square roots, which evens out the spread of sums of votes) that does not contradict
 * the source's order, constant within runs of ranks; to within rounding of the list's largest. They are the slopes of the
 * least concave majorant of the cumulated roots: Barlow, Bartholomew, Bremner, Brunk: Statistical Inference under Order
 * Restrictions, 1972. Worths are finite, not negative.
 */
export function writeBlocks(
  blocks: Blocks,
  list: number,
  worths: Float64Array,
  { items, scored, shown }: ListSize,
): number {
  const length = Math.min(scored, ranksSmoothed);
  cumulateRoots(worths, length);
  const first = list * runEnds.length;
  const count = findEnds(blocks.ends, first, length);
  blocks.counts[list] = count;
  const head = Math.min(shown, items, ranksSmoothed);
  let most = 0;
  let start = 0;
  for (let block = 0; block < count; block++) {
    const end = blocks.ends[first + block] ?? 0;
    const mean = between(rootsBefore, start, end) / between(discountsBefore, start, end);
    const value = mean * mean;
    blocks.values[first + block] = value;
    if (start < head) {
      const last = block === count - 1 ? head : Math.min(head, end);
      most += value * between(discountsBefore, start, last);
    }
    start = end;
  }
  return most;
}

/** Pools neighbouring runs until no block is worth more than the one before; returns how many blocks there are. */
function findEnds(ends: Int32Array, first: number, length: number): number {
  let count = 0;
  let rank = 0;
  for (let run = 0; rank < length; run++) {
    const end = Math.min(length, runEnds[run] ?? length);
    while (count > 0) {
      const start = count === 1 ? 0 : (ends[first + count - 2] ?? 0);
      const slope = between(rootsBefore, start, rank) * between(discountsBefore, rank, end);
      if (slope >= between(rootsBefore, rank, end) * between(discountsBefore, start, rank)) break;
      count--;
      rank = start;
    }
    ends[first + count] = end;
    count++;
    rank = end;
  }
  return count;
}

const between = (sumsBefore: Float64Array, from: number, to: number): number =>
  (sumsBefore[to] ?? 0) - (sumsBefore[from] ?? 0);

function cumulateRoots(worths: Float64Array, length: number): void {
  const discounts = rankDiscounts;
  const before = rootsBefore;
  let sum = 0;
  for (let rank = 0; rank < length; rank++) {
    sum += (discounts[rank] ?? 0) * Math.sqrt(worths[rank] ?? 0);
    before[rank + 1] = sum;
  }
}

/** Writes what each item of a list is worth, into the rows from `start` up to, not including, `end`. */
export function writeRows(
  { ends, values, counts }: Blocks,
  list: number,
  { rows, start, end }: { readonly rows: Float64Array; readonly start: number; readonly end: number },
): void {
  const first = list * runEnds.length;
  const count = counts[list] ?? 0;
  let row = start;
  for (let block = 0; block < count; block++) {
    const value = values[first + block] ?? 0;
    const last = block === count - 1 ? end : start + (ends[first + block] ?? 0);
    for (; row < last; row++) rows[row] = value;
  }
}

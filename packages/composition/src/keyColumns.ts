import type { Candidate } from './candidate.ts';
import { forgetOldKeys, type KeyKind, keyNumbersOf, keysRemembered } from './keyNumbers.ts';

/**
 * The dedupe keys of all candidates' items as numbers from 0, one column a kind, so that comparing and claiming cost
 * an array access. The items of candidate `c` stand from `starts[c]` up to, not including, `starts[c + 1]`.
 */
export interface KeyColumns {
  readonly starts: readonly number[];
  readonly item: Int32Array;
  readonly parent: Int32Array;
  readonly creator: Int32Array;
  /** How many different keys there are. */
  readonly size: number;
  /** How many items the longest list has. */
  readonly longest: number;
}

/**
 * Numbers the keys. A kind under which nobody yields is never compared, because conflicts are decided under the
 * yielder's key: its column is the item column.
 */
export function createKeyColumns(candidates: readonly Candidate[]): KeyColumns {
  forgetOldKeys();
  const starts = startsOf(candidates);
  const item = columnOf(candidates, 'item', starts);
  const parent = isYieldedUnder(candidates, 'parent') ? columnOf(candidates, 'parent', starts) : item;
  const creator = isYieldedUnder(candidates, 'creator') ? columnOf(candidates, 'creator', starts) : item;
  const size = makeDense([...new Set([item, parent, creator])]);
  const longest = candidates.reduce((most, { items }) => Math.max(most, items.length), 0);
  return { starts, item, parent, creator, size, longest };
}

function startsOf(candidates: readonly Candidate[]): number[] {
  const starts = [0];
  let total = 0;
  for (let index = 0; index < candidates.length; index++) {
    total += candidates[index]?.items.length ?? 0;
    starts.push(total);
  }
  return starts;
}

function isYieldedUnder(candidates: readonly Candidate[], kind: KeyKind): boolean {
  return candidates.some(({ dedupe }) => dedupe.yields && dedupe.key === kind);
}

function columnOf(candidates: readonly Candidate[], kind: KeyKind, starts: readonly number[]): Int32Array {
  const column = new Int32Array(starts[candidates.length] ?? 0);
  for (let index = 0; index < candidates.length; index++) {
    column.set(keyNumbersOf(candidates[index]?.items ?? [], kind), starts[index]);
  }
  return column;
}

/** By remembered number; what is in it from other pages does no harm. */
let denseOf = new Int32Array(0);

/**
 * Replaces remembered numbers in the columns by numbers from 0 without gaps, in order of appearance, and returns how
 * many there are. A sparse set, which need not be cleared: Briggs, Torczon: An Efficient Representation for
 * Sparse Sets. ACM LOPLAS 2 (1993).
 */
function makeDense(columns: readonly Int32Array[]): number {
  if (denseOf.length < keysRemembered()) denseOf = new Int32Array(2 * keysRemembered());
  const sparse = denseOf;
  const members = new Int32Array(columns.reduce((total, column) => total + column.length, 0));
  let size = 0;
  for (const column of columns) {
    for (let row = 0; row < column.length; row++) {
      const number = column[row] ?? 0;
      let dense = sparse[number] ?? 0;
      if (dense >= size || members[dense] !== number) {
        dense = size++;
        sparse[number] = dense;
        members[dense] = number;
      }
      column[row] = dense;
    }
  }
  return size;
}

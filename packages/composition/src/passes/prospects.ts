import type { Allocation } from '../allocation.ts';
import { createKeyIndex } from '../keyIndex.ts';
import { worthOf } from '../worth.ts';

/** What is known, at some moment, of what candidates, by index, could show. */
export interface Prospects {
  /** How many items the candidate could show, up to its own maximum; looks only if that may have changed. */
  showable(index: number): number;
  /** Whether {@link showable} would have to look. */
  isStale(index: number): boolean;
  /** What its first items are worth, `columns` of them, in a row of the page. */
  worth(index: number, columns: number, row: number): number;
  /** To be told of what has been placed: whoever holds one of the keys that are now claimed is stale. */
  markStale(placed: number, shown: readonly number[]): void;
}

/**
 * Remembers what candidates could show until one of their keys is claimed: only then can it change, and what does not
 * change needs only the discount of another row.
 */
export function createProspects(allocation: Allocation): Prospects {
  const { keys, values, input, read } = allocation;
  const { candidates } = input;
  const width = candidates.reduce(
    (most, { maxItems }) => Math.max(most, Math.min(maxItems, keys.longest)),
    0,
  );
  const worths = new Float64Array(width * candidates.length);
  const lengths = candidates.map(() => -1);
  const { starts, holders } = createKeyIndex(keys);

  const lookAt = (index: number) => {
    const candidate = candidates[index];
    if (!candidate) return 0;
    const start = keys.starts[index] ?? 0;
    const { places, length } = read(candidate, index, candidate.maxItems);
    for (let column = 0; column < length; column++) {
      worths[width * index + column] = values[keys.item[start + (places[column] ?? 0)] ?? 0] ?? 0;
    }
    lengths[index] = length;
    return length;
  };
  const forgetHolders = (key: number) => {
    const end = starts[key + 1] ?? 0;
    for (let at = starts[key] ?? 0; at < end; at++) lengths[holders[at] ?? 0] = -1;
  };
  return {
    isStale: (index) => lengths[index] === -1,
    showable: (index) => (lengths[index] === -1 ? lookAt(index) : (lengths[index] ?? 0)),
    worth: (index, columns, row) => worthOf(worths, { start: width * index, columns, row }),
    markStale: (placed, shown) => {
      const start = keys.starts[placed] ?? 0;
      for (const place of shown) {
        forgetHolders(keys.item[start + place] ?? 0);
        if (keys.parent !== keys.item) forgetHolders(keys.parent[start + place] ?? 0);
        if (keys.creator !== keys.item) forgetHolders(keys.creator[start + place] ?? 0);
      }
    },
  };
}

import type { Candidate } from './candidate.ts';
import { forgetOldKeys, type KeyKind, keyNumbersOf, keysRemembered } from './keyNumbers.ts';

/** The keys of one candidate's items as numbers, by place, one array a kind. `repeats` is of its own kind. */
export interface CandidateKeys {
  readonly item: Int32Array;
  readonly parent: Int32Array;
  readonly creator: Int32Array;
  /** Those of the kind that the candidate is compared by. */
  readonly own: Int32Array;
  readonly repeats: boolean;
}

/**
 * The dedupe keys of all candidates' items as numbers, so that comparing and claiming cost an array access. Items have
 * rows: those of candidate `c` from `starts[c]` up to, not including, `starts[c + 1]`.
 */
export interface KeyColumns {
  readonly of: readonly CandidateKeys[];
  readonly starts: readonly number[];
  /** All numbers are below it. */
  readonly bound: number;
  /** Whether there is one kind of key only, and who blocks yields: then one set of claims says all. */
  readonly isPlain: boolean;
}

/**
 * Numbers the keys. A kind under which nobody yields is never compared, because conflicts are decided under the
 * yielder's key: its numbers are those of the item keys.
 */
export function keyColumnsOf(candidates: readonly Candidate[]): KeyColumns {
  forgetOldKeys();
  const hasParents = isYieldedUnder(candidates, 'parent');
  const hasCreators = isYieldedUnder(candidates, 'creator');
  const starts = [0];
  const of = candidates.map(({ items, dedupe }, index): CandidateKeys => {
    starts.push((starts[index] ?? 0) + items.length);
    const byItem = keyNumbersOf(items, 'item');
    if (!hasParents && !hasCreators) {
      const { numbers, repeats } = byItem;
      return { item: numbers, parent: numbers, creator: numbers, own: numbers, repeats };
    }
    const byParent = hasParents ? keyNumbersOf(items, 'parent') : byItem;
    const byCreator = hasCreators ? keyNumbersOf(items, 'creator') : byItem;
    const own = { item: byItem, parent: byParent, creator: byCreator }[dedupe.key];
    return {
      item: byItem.numbers,
      parent: byParent.numbers,
      creator: byCreator.numbers,
      own: own.numbers,
      repeats: own.repeats,
    };
  });
  const isPlain =
    !hasParents && !hasCreators && candidates.every(({ dedupe }) => dedupe.yields === dedupe.blocks);
  return { of, starts, bound: keysRemembered(), isPlain };
}

function isYieldedUnder(candidates: readonly Candidate[], kind: KeyKind): boolean {
  return candidates.some(({ dedupe }) => dedupe.yields && dedupe.key === kind);
}

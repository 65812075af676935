import type { Candidate } from './candidate.ts';
import {
  type CandidateKeys,
  forgetOldKeys,
  type KeyKind,
  keyNumbersOf,
  keysRemembered,
} from './keyNumbers.ts';

/**
 * The dedupe keys of all candidates' items as numbers, so that comparing and claiming cost an array access. Items have
 * rows: those of candidate `c` from `starts[c]` up to, not including, `starts[c + 1]`.
 */
export interface KeyColumns {
  readonly of: readonly CandidateKeys[];
  readonly starts: readonly number[];
  /** How many items the longest list has. */
  readonly longest: number;
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
  const kinds = {
    parent: isYieldedUnder(candidates, 'parent'),
    creator: isYieldedUnder(candidates, 'creator'),
  };
  const isOneKind = !kinds.parent && !kinds.creator;
  const of: CandidateKeys[] = [];
  const starts = [0];
  let rows = 0;
  let longest = 0;
  let isPlain = isOneKind;
  for (const candidate of candidates) {
    const { items, dedupe } = candidate;
    of.push(isOneKind ? keyNumbersOf(items, 'item') : keysOf(candidate, kinds));
    rows += items.length;
    starts.push(rows);
    if (items.length > longest) longest = items.length;
    if (dedupe.yields !== dedupe.blocks) isPlain = false;
  }
  return { of, starts, longest, bound: keysRemembered(), isPlain };
}

function keysOf(
  { items, dedupe }: Candidate,
  kinds: { readonly parent: boolean; readonly creator: boolean },
): CandidateKeys {
  const byItem = keyNumbersOf(items, 'item');
  const byParent = kinds.parent ? keyNumbersOf(items, 'parent') : byItem;
  const byCreator = kinds.creator ? keyNumbersOf(items, 'creator') : byItem;
  const { own, repeats } = { item: byItem, parent: byParent, creator: byCreator }[dedupe.key];
  return { item: byItem.item, parent: byParent.parent, creator: byCreator.creator, own, repeats };
}

function isYieldedUnder(candidates: readonly Candidate[], kind: KeyKind): boolean {
  for (const { dedupe } of candidates) if (dedupe.yields && dedupe.key === kind) return true;
  return false;
}

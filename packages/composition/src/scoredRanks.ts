import type { Candidate } from './candidate.ts';
import { runEnds } from './isotonic.ts';

/** A list is scored half as far again as it can be displayed: what lies deeper is shown only when others hold half of it. */
const depth = 1.5;

/** By `maxItems`: the end of the run of ranks down to which a list is scored. */
const ends = Int32Array.from({ length: 257 }, (_, maxItems) => endOf(depth * maxItems));

/**
 * How many of a candidate's items are scored one by one, and speak for items of other lists. Those after them are worth
 * as much as the last of them.
 */
export function scoredRanks({ items, maxItems }: Pick<Candidate, 'items' | 'maxItems'>): number {
  return Math.min(items.length, ends[maxItems] ?? endOf(depth * maxItems));
}

function endOf(ranks: number): number {
  return runEnds.find((end) => end >= ranks) ?? Number.MAX_SAFE_INTEGER;
}

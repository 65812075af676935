import type { Entry } from '../admit.ts';
import { type Candidate, tierOf } from '../candidate.ts';
import type { KeyColumns } from '../keyColumns.ts';
import type { Scorer } from './strategy.ts';

/** By place in a candidate's list, as far as it is scored: how much it says for the item there. Whole grains. */
export type Votes = Float64Array;

/** By key number: the sum of the votes; what is in it from other pages does no harm. */
let sums = new Float64Array(0);

/**
 * Sums the votes for each item over the fresh and stale candidates that hold it. What it returns writes the sums for the
 * items of one candidate, by place.
 */
export function sumVotes(
  { input, keys }: Entry,
  votesOf: (candidate: Candidate) => Votes,
): Scorer['writeWorths'] {
  const { candidates } = input;
  if (sums.length < keys.bound) sums = new Float64Array(2 * keys.bound);
  const byKey = sums;
  const rows = keys.starts[candidates.length] ?? 0;
  // Clearing all that is known beats clearing what is met, unless most of it is not.
  if (keys.bound < 8 * rows) byKey.fill(0, 0, keys.bound);
  else clearMet(byKey, keys);
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    const item = keys.of[index]?.item;
    if (!candidate || !item || tierOf(candidate.provenance) !== 0) continue;
    add(votesOf(candidate), item, byKey);
  }
  return (candidate, count, worths) => {
    const item = keys.of[candidate]?.item;
    if (item !== undefined) read(byKey, item, { count, worths });
  };
}

/** Two at a time: a third less time. */
function add(votes: Votes, item: Int32Array, byKey: Float64Array): void {
  let place = 0;
  for (const last = votes.length - 1; place < last; place += 2) {
    const one = item[place] ?? 0;
    const next = item[place + 1] ?? 0;
    byKey[one] = (byKey[one] ?? 0) + (votes[place] ?? 0);
    byKey[next] = (byKey[next] ?? 0) + (votes[place + 1] ?? 0);
  }
  if (place === votes.length) return;
  const one = item[place] ?? 0;
  byKey[one] = (byKey[one] ?? 0) + (votes[place] ?? 0);
}

function read(
  byKey: Float64Array,
  item: Int32Array,
  { count, worths }: { readonly count: number; readonly worths: Float64Array },
): void {
  for (let place = 0; place < count; place++) worths[place] = byKey[item[place] ?? 0] ?? 0;
}

function clearMet(byKey: Float64Array, { of }: KeyColumns): void {
  for (const { item } of of) for (let place = 0; place < item.length; place++) byKey[item[place] ?? 0] = 0;
}

/** Votes are whole grains: sums of them are exact below 2^21, so they do not depend on who arrived first. */
const grainsPerUnit = 2 ** 32;

export const wholeGrains = (vote: number): number => Math.round(vote * grainsPerUnit) / grainsPerUnit;

/**
 * Remembers votes by what they follow from. Candidates and snapshots are immutable and outlive pages: the votes of each
 * candidate under each snapshot are worked out once.
 */
export function createVoteMemory<Snapshot extends object>(
  votesOf: (snapshot: Snapshot, candidate: Candidate) => Votes,
): { under(snapshot: Snapshot): (candidate: Candidate) => Votes } {
  const remembered = new WeakMap<Snapshot, WeakMap<Candidate, Votes>>();
  return {
    under(snapshot) {
      const ofSnapshot = remembered.get(snapshot) ?? new WeakMap<Candidate, Votes>();
      remembered.set(snapshot, ofSnapshot);
      return (candidate) => {
        const known = ofSnapshot.get(candidate);
        if (known !== undefined) return known;
        const made = votesOf(snapshot, candidate);
        ofSnapshot.set(candidate, made);
        return made;
      };
    },
  };
}

import type { Entry } from '../admit.ts';
import { type Candidate, tierOf } from '../candidate.ts';
import type { KeyColumns } from '../keyColumns.ts';
import { scoredRanks } from '../scoredRanks.ts';
import type { Scorer } from './strategy.ts';

/** By place in a candidate's list, as far as it is scored: how much it says for the item there. Whole grains. */
export type Votes = Float64Array;

/** By key number: the sum of the votes; what is in it from other pages does no harm. */
let votesByKey = new Float64Array(0);

/**
 * Sums the votes for each item over the fresh and stale candidates that hold it. What it returns reads the sums for the
 * items of one candidate, by place.
 */
export function sumVotes(
  { input, keys }: Entry,
  votesOf: (candidate: Candidate) => Votes,
): Pick<Scorer, 'writeWorths' | 'weighedSum'> {
  const { candidates } = input;
  if (votesByKey.length < keys.bound) votesByKey = new Float64Array(2 * keys.bound);
  const byKey = votesByKey;
  clear(byKey, candidates, keys);
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    const item = keys.of[index]?.item;
    if (!candidate || !item || tierOf(candidate.provenance) !== 0) continue;
    add(votesOf(candidate), item, byKey);
  }
  return {
    writeWorths(candidate, count, worths) {
      const item = keys.of[candidate]?.item;
      if (item !== undefined) read(byKey, item, { count, worths });
    },
    weighedSum(candidate, weights) {
      const item = keys.of[candidate]?.item;
      return item === undefined ? 0 : weighedSum(byKey, item, weights);
    },
  };
}

/** Clearing all that is known beats clearing what will be met, unless most of it will not. */
function clear(
  byKey: Float64Array,
  candidates: readonly Candidate[],
  { of, starts, bound }: KeyColumns,
): void {
  if (bound < 2 * (starts[candidates.length] ?? 0)) {
    byKey.fill(0, 0, bound);
    return;
  }
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    const item = of[index]?.item;
    if (candidate !== undefined && item !== undefined) clearFirst(byKey, item, scoredRanks(candidate));
  }
}

// Four places at a time, in functions of their own: what a loop costs is mostly its own turning and checking, measured.

function clearFirst(byKey: Float64Array, item: Int32Array, count: number): void {
  let place = 0;
  for (const last = count - 3; place < last; place += 4) {
    byKey[item[place] ?? 0] = 0;
    byKey[item[place + 1] ?? 0] = 0;
    byKey[item[place + 2] ?? 0] = 0;
    byKey[item[place + 3] ?? 0] = 0;
  }
  for (; place < count; place++) byKey[item[place] ?? 0] = 0;
}

function add(votes: Votes, item: Int32Array, byKey: Float64Array): void {
  let place = 0;
  for (const last = votes.length - 3; place < last; place += 4) {
    const first = item[place] ?? 0;
    const second = item[place + 1] ?? 0;
    const third = item[place + 2] ?? 0;
    const fourth = item[place + 3] ?? 0;
    byKey[first] = (byKey[first] ?? 0) + (votes[place] ?? 0);
    byKey[second] = (byKey[second] ?? 0) + (votes[place + 1] ?? 0);
    byKey[third] = (byKey[third] ?? 0) + (votes[place + 2] ?? 0);
    byKey[fourth] = (byKey[fourth] ?? 0) + (votes[place + 3] ?? 0);
  }
  for (; place < votes.length; place++) {
    const one = item[place] ?? 0;
    byKey[one] = (byKey[one] ?? 0) + (votes[place] ?? 0);
  }
}

function read(
  byKey: Float64Array,
  item: Int32Array,
  { count, worths }: { readonly count: number; readonly worths: Float64Array },
): void {
  let place = 0;
  for (const last = count - 3; place < last; place += 4) {
    worths[place] = byKey[item[place] ?? 0] ?? 0;
    worths[place + 1] = byKey[item[place + 1] ?? 0] ?? 0;
    worths[place + 2] = byKey[item[place + 2] ?? 0] ?? 0;
    worths[place + 3] = byKey[item[place + 3] ?? 0] ?? 0;
  }
  for (; place < count; place++) worths[place] = byKey[item[place] ?? 0] ?? 0;
}

function weighedSum(byKey: Float64Array, item: Int32Array, weights: Float64Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let place = 0;
  for (const last = weights.length - 3; place < last; place += 4) {
    first += (weights[place] ?? 0) * (byKey[item[place] ?? 0] ?? 0);
    second += (weights[place + 1] ?? 0) * (byKey[item[place + 1] ?? 0] ?? 0);
    third += (weights[place + 2] ?? 0) * (byKey[item[place + 2] ?? 0] ?? 0);
    fourth += (weights[place + 3] ?? 0) * (byKey[item[place + 3] ?? 0] ?? 0);
  }
  for (; place < weights.length; place++) first += (weights[place] ?? 0) * (byKey[item[place] ?? 0] ?? 0);
  return first + second + third + fourth;
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

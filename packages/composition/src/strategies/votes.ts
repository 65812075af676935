import type { Entry } from '../admit.ts';
import { type Candidate, tierOf } from '../candidate.ts';
import type { Scorer } from './strategy.ts';

/** By place in a candidate's list, as far as it is scored: how much it says for the item there, in whole grains. */
export interface Votes {
  readonly byPlace: Float64Array;
  /** Their sum: no item gets more of them. */
  readonly total: number;
}

const votesOf = (byPlace: Float64Array): Votes => ({
  byPlace,
  total: byPlace.reduce((sum, vote) => sum + vote, 0),
});

/**
 * By key number: the sum of the votes above `base`. What is below it is left from other pages and says nothing, so that no
 * page has to clear what it is going to meet, which takes as long as voting.
 */
const tally = { byKey: new Float64Array(0), base: 0 };

/** Sums of votes are exact above a base that is no higher. */
const highestBase = 2 ** 20;

/** The base of a new page. */
function openTally(bound: number): number {
  if (tally.byKey.length < bound) {
    tally.byKey = new Float64Array(2 * bound);
    tally.base = 0;
  } else if (!(tally.base <= highestBase)) {
    tally.byKey.fill(0);
    tally.base = 0;
  }
  return tally.base;
}

/**
 * Sums the votes for each item over the fresh and stale candidates that hold it. What it returns reads the sums for the
 * items of one candidate, by place.
 */
export function sumVotes(
  { input, keys }: Entry,
  votesOfCandidate: (candidate: Candidate) => Votes,
): Pick<Scorer, 'writeWorths' | 'weighedSum'> {
  const { candidates } = input;
  const base = openTally(keys.bound);
  const { byKey } = tally;
  let most = 0;
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    const item = keys.of[index]?.item;
    if (!candidate || !item || tierOf(candidate.provenance) !== 0) continue;
    const { byPlace, total } = votesOfCandidate(candidate);
    most += total;
    // Before they are added: were a list to fail, the next page would still be above all that is there.
    tally.base = base + Math.ceil(most);
    add(byPlace, item, { byKey, base });
  }
  const sums = { byKey, base };
  return {
    writeWorths(candidate, count, worths) {
      const item = keys.of[candidate]?.item;
      if (item !== undefined) read(sums, item, { count, worths });
    },
    weighedSum(candidate, weights) {
      const item = keys.of[candidate]?.item;
      return item === undefined ? 0 : weighedSum(sums, item, weights);
    },
  };
}

interface Sums {
  readonly byKey: Float64Array;
  readonly base: number;
}

// Votes are added and weighed four places at a time: what such a loop costs is mostly its own turning and checking, measured.

function add(votes: Float64Array, item: Int32Array, { byKey, base }: Sums): void {
  let place = 0;
  for (const last = votes.length - 3; place < last; place += 4) {
    const first = item[place] ?? 0;
    const second = item[place + 1] ?? 0;
    const third = item[place + 2] ?? 0;
    const fourth = item[place + 3] ?? 0;
    byKey[first] = Math.max(base, byKey[first] ?? 0) + (votes[place] ?? 0);
    byKey[second] = Math.max(base, byKey[second] ?? 0) + (votes[place + 1] ?? 0);
    byKey[third] = Math.max(base, byKey[third] ?? 0) + (votes[place + 2] ?? 0);
    byKey[fourth] = Math.max(base, byKey[fourth] ?? 0) + (votes[place + 3] ?? 0);
  }
  for (; place < votes.length; place++) {
    const one = item[place] ?? 0;
    byKey[one] = Math.max(base, byKey[one] ?? 0) + (votes[place] ?? 0);
  }
}

const above = (base: number, sum: number): number => (sum > base ? sum - base : 0);

function read(
  { byKey, base }: Sums,
  item: Int32Array,
  { count, worths }: { readonly count: number; readonly worths: Float64Array },
): void {
  for (let place = 0; place < count; place++) worths[place] = above(base, byKey[item[place] ?? 0] ?? 0);
}

function weighedSum({ byKey, base }: Sums, item: Int32Array, weights: Float64Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let place = 0;
  for (const last = weights.length - 3; place < last; place += 4) {
    first += (weights[place] ?? 0) * above(base, byKey[item[place] ?? 0] ?? 0);
    second += (weights[place + 1] ?? 0) * above(base, byKey[item[place + 1] ?? 0] ?? 0);
    third += (weights[place + 2] ?? 0) * above(base, byKey[item[place + 2] ?? 0] ?? 0);
    fourth += (weights[place + 3] ?? 0) * above(base, byKey[item[place + 3] ?? 0] ?? 0);
  }
  for (; place < weights.length; place++)
    first += (weights[place] ?? 0) * above(base, byKey[item[place] ?? 0] ?? 0);
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
  makeVotes: (snapshot: Snapshot, candidate: Candidate) => Float64Array,
): { under(snapshot: Snapshot): (candidate: Candidate) => Votes } {
  const remembered = new WeakMap<Snapshot, WeakMap<Candidate, Votes>>();
  return {
    under(snapshot) {
      const ofSnapshot = remembered.get(snapshot) ?? new WeakMap<Candidate, Votes>();
      remembered.set(snapshot, ofSnapshot);
      return (candidate) => {
        const known = ofSnapshot.get(candidate);
        if (known !== undefined) return known;
        const made = votesOf(makeVotes(snapshot, candidate));
        ofSnapshot.set(candidate, made);
        return made;
      };
    },
  };
}

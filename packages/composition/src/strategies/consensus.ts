import type { Entry } from '../admit.ts';
import { type Candidate, type CandidateItem, tierOf } from '../candidate.ts';
import { rarityOf, type SourceStatistics, sourceOf } from '../statistics.ts';
import { priorRank } from './editorial.ts';
import type { Strategy } from './strategy.ts';

/**
 * Weighted reciprocal-rank consensus: an item is worth Σ trust × rarity ÷ (60 + rank) over the fresh and stale
 * candidates that hold it, rank from 1, so that what a source says to everyone counts little and what several
 * trusted sources say counts much. Sources' own scores are never read: they cannot be compared.
 * To a viewer who is not known everyone gets the same, and rarity says nothing: the prior goes first, and consensus
 * without rarity orders the widgets that are not in it.
 * After Cormack, Clarke, Büttcher: Reciprocal Rank Fusion. SIGIR 2009.
 */
export const consensus: Strategy = {
  prepare: (entry) => {
    const { context, statistics, candidates } = entry.input;
    return {
      name: 'consensus',
      rankOf: context.personal ? () => 0 : priorRank(entry),
      values: consensusValues(entry),
      partsOf: (index) => ({ trust: sourceOf(statistics, candidates[index]?.widget ?? '').trust }),
    };
  },
};

/** As in the paper. What a source says first counts little more than what it says tenth. */
const rankConstant = 60;

/** By key number: the sum of the votes; what is in it from other pages does no harm. */
let sums = new Float64Array(0);

function consensusValues({ input, keys }: Entry): Float64Array {
  const { candidates, context, statistics } = input;
  if (sums.length < keys.bound) sums = new Float64Array(2 * keys.bound);
  const byKey = sums;
  for (const { item } of keys.of)
    for (let place = 0; place < item.length; place++) byKey[item[place] ?? 0] = 0;
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    const item = keys.of[index]?.item;
    if (!candidate || !item || tierOf(candidate.provenance) !== 0) continue;
    const votes = votesOf(candidate, sourceOf(statistics, candidate.widget), context.personal);
    for (let place = 0; place < votes.length; place++) {
      const key = item[place] ?? 0;
      byKey[key] = (byKey[key] ?? 0) + (votes[place] ?? 0);
    }
  }
  const values = new Float64Array(keys.starts[candidates.length] ?? 0);
  let row = 0;
  for (const { item } of keys.of) {
    for (let place = 0; place < item.length; place++) values[row++] = byKey[item[place] ?? 0] ?? 0;
  }
  return values;
}

type VotesByList = WeakMap<readonly CandidateItem[], Float64Array>;

/** Lists and statistics are immutable and outlive pages: the votes of each list are worked out once. */
const rememberedVotes = {
  personal: new WeakMap<SourceStatistics, VotesByList>(),
  impersonal: new WeakMap<SourceStatistics, VotesByList>(),
};

function votesOf({ items }: Candidate, source: SourceStatistics, personal: boolean): Float64Array {
  const bySource = personal ? rememberedVotes.personal : rememberedVotes.impersonal;
  const byList: VotesByList = bySource.get(source) ?? new WeakMap();
  bySource.set(source, byList);
  const known = byList.get(items);
  if (known) return known;
  const made = Float64Array.from(items, ({ id }, place) =>
    wholeGrains((source.trust * (personal ? rarityOf(source, id) : 1)) / (rankConstant + place + 1)),
  );
  byList.set(items, made);
  return made;
}

/** Votes are whole grains: sums of them are exact below 2^21, so they do not depend on who arrived first. */
const grainsPerUnit = 2 ** 32;

const wholeGrains = (vote: number): number => Math.round(vote * grainsPerUnit) / grainsPerUnit;

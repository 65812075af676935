import type { Entry } from '../admit.ts';
import { type Candidate, type CandidateItem, tierOf } from '../candidate.ts';
import { rarityOf, type SourceStatistics, sourceOf } from '../statistics.ts';
import { priorRanks } from './editorial.ts';
import type { Strategy } from './strategy.ts';

/**
 * Weighted reciprocal-rank consensus: an item is worth Σ trust × rarity ÷ (20 + rank) over the fresh and stale
 * candidates that hold it, rank from 1, so that what a source says to everyone counts little and what several
 * trusted sources say counts much. Sources' own scores are never read: they cannot be compared.
 * To a viewer who is not known everyone gets the same, and rarity says nothing: the prior goes first, and consensus
 * without rarity orders the widgets that are not in it.
 * After Cormack, Clarke, Büttcher: Reciprocal Rank Fusion. SIGIR 2009 (there the constant is 60).
 */
export const consensus: Strategy = {
  name: 'consensus',
  prepare: (entry) => ({
    ranks: entry.input.context.personal ? entry.codes.map(() => 0) : priorRanks(entry),
    values: consensusValues(entry),
  }),
};

const rankConstant = 20;

function consensusValues({ input, keys }: Entry): Float64Array {
  const { candidates, context, statistics } = input;
  const values = new Float64Array(keys.size);
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    if (!candidate || tierOf(candidate.provenance) !== 0) continue;
    const votes = votesOf(candidate, sourceOf(statistics, candidate.widget), context.personal);
    const start = keys.starts[index] ?? 0;
    for (let place = 0; place < votes.length; place++) {
      const key = keys.item[start + place] ?? 0;
      values[key] = (values[key] ?? 0) + (votes[place] ?? 0);
    }
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

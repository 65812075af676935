import type { Candidate } from '../candidate.ts';
import { scoredRanks } from '../scoredRanks.ts';
import { rarityOf, type Statistics, sourceOf } from '../statistics.ts';
import { priorRank } from './editorial.ts';
import type { Strategy } from './strategy.ts';
import { createVoteMemory, sumVotes, wholeGrains } from './votes.ts';

/** As in the paper. What a source says first counts little more than what it says tenth. */
export const rankConstant = 60;

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
    const { writeWorths, weighedSum } = sumVotes(
      entry,
      (context.personal ? personalVotes : impersonalVotes).under(statistics),
    );
    return {
      name: 'consensus',
      rankOf: context.personal ? () => 0 : priorRank(entry),
      writeWorths,
      weighedSum,
      partsOf: (index) => ({ trust: sourceOf(statistics, candidates[index]?.widget ?? '').trust }),
    };
  },
};

const votesOf = (statistics: Statistics, candidate: Candidate, isPersonal: boolean): Float64Array => {
  const source = sourceOf(statistics, candidate.widget);
  return Float64Array.from(candidate.items.slice(0, scoredRanks(candidate)), ({ id }, place) =>
    wholeGrains(
      (source.trust * (isPersonal ? rarityOf(source, id, candidate) : 1)) / (rankConstant + place + 1),
    ),
  );
};

const personalVotes = createVoteMemory((statistics: Statistics, candidate) =>
  votesOf(statistics, candidate, true),
);
const impersonalVotes = createVoteMemory((statistics: Statistics, candidate) =>
  votesOf(statistics, candidate, false),
);

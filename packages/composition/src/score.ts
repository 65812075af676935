import type { Entry } from './admit.ts';
import { type Candidate, tierOf } from './candidate.ts';
import { discountOf } from './discount.ts';
import { type ListValues, roundingRoom, SmoothedValues } from './listValues.ts';
import { mostWeights } from './mostWeights.ts';
import { scoredRanks } from './scoredRanks.ts';
import { createStrategy } from './strategies/createStrategy.ts';
import type { Scorer } from './strategies/strategy.ts';
import { tieBreakOf } from './tieBreak.ts';

/**
 * What decides between candidates. `precedence`, by candidate: tier, then the strategy's rank; lower goes first
 * whatever the scores. `attention`, by placement: how much its first cell is looked at. To be used up before another page
 * is scored, because all pages share the room it is in.
 */
export interface Contest extends Entry {
  readonly scorer: Scorer;
  readonly precedence: Float64Array;
  readonly attention: readonly number[];
  /**
   * By candidate: no display of it is worth more, before the placement's weight. `values` say it more closely, and take
   * longer. There may be more entries.
   */
  readonly mostWorths: Float64Array;
  readonly values: ListValues;
}

/** The second stage: asks the layout's strategy what everything is worth. Takes nobody out. */
export function score(entry: Entry): Contest {
  const { input, placements, firstPosition } = entry;
  const { candidates, layout } = input;
  const scorer = createStrategy(layout.strategy, input.context).prepare(entry);
  const { precedence, mostWorths } = roomFor(candidates.length);
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    if (candidate === undefined) continue;
    const scored = scoredRanks(candidate);
    const weights = mostWeights(Math.min(candidate.maxItems, scored), scored);
    mostWorths[index] = scorer.weighedSum(index, weights) * roundingRoom;
    precedence[index] = precedenceOf(entry, candidate, scorer.rankOf(index));
  }
  const attention = placements.map(
    (placement, index) => placement.attention * discountOf(firstPosition + index),
  );
  return {
    input,
    placements,
    firstPosition,
    pins: entry.pins,
    takers: entry.takers,
    keys: entry.keys,
    barred: entry.barred,
    codes: entry.codes,
    scorer,
    precedence,
    attention,
    mostWorths,
    values: new SmoothedValues(entry, scorer),
  };
}

/**
 * By candidate; shared by all pages of the process: typed arrays of more than a few entries are made outside the heap, and
 * cleared, which takes longer than filling them.
 */
const room = { precedence: new Float64Array(0), mostWorths: new Float64Array(0) };

function roomFor(candidates: number): typeof room {
  if (room.precedence.length < candidates) {
    room.precedence = new Float64Array(2 * candidates);
    room.mostWorths = new Float64Array(2 * candidates);
  }
  return room;
}

const tierSpan = 2 ** 32;

/** The editorial pool keeps the layout's order under every strategy, so that what it can fill depends on no score. */
function precedenceOf({ input: { layout } }: Entry, { provenance, widget }: Candidate, rank: number): number {
  const tier = tierOf(provenance);
  if (tier < 2) return tier * tierSpan + rank;
  const position = layout.editorial.findIndex(({ id }) => id === widget);
  return tier * tierSpan + (position < 0 ? layout.editorial.length : position);
}

/**
 * Whether the first of two candidates goes before the second at these scores: a total order, whatever order they arrived
 * in. Ties are rare, so what breaks them is worked out when there is one.
 */
export function isAhead(
  { input, precedence }: Contest,
  scores: ArrayLike<number>,
  a: number,
  b: number,
): boolean {
  const byPrecedence = (precedence[a] ?? 0) - (precedence[b] ?? 0);
  if (byPrecedence !== 0) return byPrecedence < 0;
  const byScore = (scores[b] ?? 0) - (scores[a] ?? 0);
  if (byScore !== 0) return byScore < 0;
  const widgetOfA = input.candidates[a]?.widget ?? '';
  const widgetOfB = input.candidates[b]?.widget ?? '';
  const byTieBreak = tieBreakOf(input.seed, widgetOfA) - tieBreakOf(input.seed, widgetOfB);
  return byTieBreak === 0 ? widgetOfA < widgetOfB : byTieBreak < 0;
}

/** {@link isAhead} at scores that are given once. */
export const createOrder =
  (contest: Contest, scores: ArrayLike<number>) =>
  (a: number, b: number): boolean =>
    isAhead(contest, scores, a, b);

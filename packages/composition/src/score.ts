import type { Entry } from './admit.ts';
import { type Candidate, tierOf } from './candidate.ts';
import { discountOf } from './discount.ts';
import { makeNonIncreasing } from './isotonic.ts';
import { createStrategy } from './strategies/createStrategy.ts';
import type { Scorer } from './strategies/strategy.ts';
import { tieBreakOf } from './tieBreak.ts';

/**
 * What decides between candidates. `precedence`, by candidate: tier, then the strategy's rank; lower goes first
 * whatever the scores. `values`, by row of the key columns: what displaying the item there is worth, not increasing
 * along a list. `attention`, by placement: how much its first cell is looked at.
 */
export interface Contest extends Entry {
  readonly scorer: Scorer;
  readonly precedence: readonly number[];
  readonly values: Float64Array;
  readonly attention: readonly number[];
}

/** The second stage: asks the layout's strategy what everything is worth. Takes nobody out. */
export function score(entry: Entry): Contest {
  const { input, keys, placements, firstPosition } = entry;
  const { candidates, layout } = input;
  const scorer = createStrategy(layout.strategy, input.context).prepare(entry);
  const { values } = scorer;
  fadeSeen(entry, values);
  for (let index = 0; index < candidates.length; index++) {
    makeNonIncreasing(values, keys.starts[index] ?? 0, keys.starts[index + 1] ?? 0);
  }
  const precedence: number[] = [];
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    precedence.push(candidate === undefined ? 0 : precedenceOf(entry, candidate, scorer.rankOf(index)));
  }
  const attention = placements.map(
    (placement, index) => placement.attention * discountOf(firstPosition + index),
  );
  return { ...entry, scorer, precedence, values, attention };
}

/** An item that was shown h hours ago loses the share weight × 2^(−h ÷ half-life) of its worth. */
function fadeSeen({ input, keys }: Entry, values: Float64Array): void {
  const { candidates, context, layout } = input;
  const { weight, halfLifeHours } = layout.seen;
  if (context.seen.length === 0 || weight === 0) return;
  const kept = new Map<string, number>();
  for (const { item, hoursAgo } of context.seen) {
    const share = 1 - weight * 2 ** (-hoursAgo / halfLifeHours);
    kept.set(item, Math.min(share, kept.get(item) ?? 1));
  }
  for (let index = 0; index < candidates.length; index++) {
    const start = keys.starts[index] ?? 0;
    const { items } = candidates[index] ?? { items: [] };
    for (let place = 0; place < items.length; place++) {
      const share = kept.get(items[place]?.id ?? '');
      if (share !== undefined) values[start + place] = (values[start + place] ?? 0) * share;
    }
  }
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
 * Which of two candidates goes before the other at these scores: a total order, whatever order they arrived in. Ties
 * are rare, so what breaks them is worked out when there is one.
 */
export function createOrder(
  { input, precedence }: Contest,
  scores: ArrayLike<number>,
): (a: number, b: number) => boolean {
  return (a, b) => {
    const byPrecedence = (precedence[a] ?? 0) - (precedence[b] ?? 0);
    if (byPrecedence !== 0) return byPrecedence < 0;
    const byScore = (scores[b] ?? 0) - (scores[a] ?? 0);
    if (byScore !== 0) return byScore < 0;
    const widgetOfA = input.candidates[a]?.widget ?? '';
    const widgetOfB = input.candidates[b]?.widget ?? '';
    const byTieBreak = tieBreakOf(input.seed, widgetOfA) - tieBreakOf(input.seed, widgetOfB);
    return byTieBreak === 0 ? widgetOfA < widgetOfB : byTieBreak < 0;
  };
}

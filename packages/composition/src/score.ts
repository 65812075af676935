import type { Layout } from '@widget-mediator/contracts';
import type { Entry } from './admit.ts';
import { type Candidate, tierOf } from './candidate.ts';
import { createStrategy } from './strategies/createStrategy.ts';
import type { Scorer } from './strategies/strategy.ts';
import { tieBreakOf } from './tieBreak.ts';

/**
 * What decides between candidates, each by candidate: `precedence` (tier, then the strategy's rank; lower first),
 * then the score of `values` (by key number) where they would stand, then `tieBreaks` (lower first).
 */
export interface Contest extends Entry {
  readonly precedence: readonly number[];
  readonly values: Float64Array;
  readonly tieBreaks: readonly number[];
}

/** The second stage: asks the layout's strategy what everything is worth. Takes nobody out. */
export function score(entry: Entry): Contest {
  const { candidates, layout, seed } = entry.input;
  const scorer = createStrategy(layout.strategy).prepare(entry);
  const precedence = candidates.map((candidate, index) => precedenceOf(candidate, index, { layout, scorer }));
  const tieBreaks = candidates.map(({ widget }) => tieBreakOf(seed, widget));
  return { ...entry, precedence, values: scorer.values, tieBreaks };
}

const tierSpan = 2 ** 32;

/** The editorial pool keeps the layout's order under every strategy, so that what it can fill depends on no score. */
function precedenceOf(
  { provenance, widget }: Candidate,
  index: number,
  { layout, scorer }: { readonly layout: Layout; readonly scorer: Scorer },
): number {
  const tier = tierOf(provenance);
  if (tier < 2) return tier * tierSpan + (scorer.ranks[index] ?? 0);
  const rank = layout.editorial.findIndex(({ id }) => id === widget);
  return tier * tierSpan + (rank < 0 ? layout.editorial.length : rank);
}

/** Which of two candidates goes before the other at these scores: a total order, whatever order they arrived in. */
export function createOrder(
  { input, precedence, tieBreaks }: Contest,
  scores: ArrayLike<number>,
): (a: number, b: number) => boolean {
  return (a, b) => {
    const byPrecedence = (precedence[a] ?? 0) - (precedence[b] ?? 0);
    if (byPrecedence !== 0) return byPrecedence < 0;
    const scoreOfA = scores[a] ?? 0;
    const scoreOfB = scores[b] ?? 0;
    if (scoreOfA !== scoreOfB) return scoreOfA > scoreOfB;
    const byTieBreak = (tieBreaks[a] ?? 0) - (tieBreaks[b] ?? 0);
    if (byTieBreak !== 0) return byTieBreak < 0;
    return (input.candidates[a]?.widget ?? '') < (input.candidates[b]?.widget ?? '');
  };
}

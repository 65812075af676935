import { allocate } from '../allocate.ts';
import { certify } from '../certificate/certify.ts';
import type { Contest } from '../score.ts';
import { isAddable, type Optimum, optimumOf } from './bruteForce.ts';
import { instanceOf, type Regime } from './instances.ts';

/** What became of one instance: pages by three sets of passes, the best page, and the bound. */
export interface Outcome {
  readonly optimum: Optimum;
  readonly greedy: Optimum;
  readonly reallocated: Optimum;
  readonly result: Optimum;
  readonly bound: number;
  readonly isAddable: boolean;
  readonly iterations: number;
}

/** Composes one seeded instance and compares it with the best page there is. */
export function tryInstance(regime: Regime, seed: number): Outcome {
  const withPasses = (reallocate: boolean, search: boolean): Contest => {
    const contest = instanceOf(regime, seed);
    const layout = {
      ...contest.input.layout,
      passes: { ...contest.input.layout.passes, reallocate, search },
    };
    return { ...contest, input: { ...contest.input, layout } };
  };
  const pageOf = (contest: Contest) => {
    const { draft, search } = allocate(contest);
    const chosen = [...draft.chosen];
    return {
      draft,
      chosen,
      search,
      filled: chosen.filter((candidate) => candidate >= 0).length,
      score: draft.score,
    };
  };
  const contest = withPasses(true, true);
  const result = pageOf(contest);
  return {
    optimum: optimumOf(contest),
    greedy: pageOf(withPasses(false, false)),
    reallocated: pageOf(withPasses(true, false)),
    result,
    bound: certify(contest, result.draft).bound,
    isAddable: isAddable(contest, result.chosen),
    iterations: result.search.iterations,
  };
}

/** The share of the optimum that a page reaches; a page that fills fewer placements than could be reaches nothing. */
export const shareOf = (page: Optimum, { optimum }: Outcome): number =>
  page.filled < optimum.filled ? 0 : page.score / optimum.score;

/** A distribution: mean, 1st percentile (nearest rank), least. */
export function distributionOf(shares: readonly number[]): { mean: number; first: number; least: number } {
  const sorted = shares.toSorted((a, b) => a - b);
  return {
    mean: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    first: sorted[Math.max(0, Math.ceil(shares.length / 100) - 1)] ?? 0,
    least: sorted[0] ?? 0,
  };
}

import type { Layout, Ranker } from '@widget-mediator/contracts';
import { leastUsefulMs } from '../delivery/collect.ts';

/** Who ranks the pages of a layout; undefined when that is nobody but the mediator. */
export const rankerOf = ({ strategy, ranker }: Layout): Ranker | undefined =>
  strategy === 'remote' ? ranker : undefined;

/**
 * What the sources get of a page's `budgetMs`: all but the ranker's `latencyMs`. A hurried page that cannot give both
 * something useful gives all to the sources: content goes before its order. The ranker gets what they leave.
 */
export function sourcesBudgetMs(layout: Layout, budgetMs: number): number {
  const ranker = rankerOf(layout);
  if (ranker === undefined) return budgetMs;
  const withoutRanker = budgetMs - ranker.latencyMs;
  return withoutRanker < leastUsefulMs ? budgetMs : withoutRanker;
}

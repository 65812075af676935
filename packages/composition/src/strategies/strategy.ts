import type { StrategyName } from '@widget-mediator/contracts';
import type { Entry } from '../admit.ts';

/** What a strategy makes of one page's candidates. */
export interface Scorer {
  /** The strategy that ranked: `remote` without an answer of its ranker is consensus. */
  readonly name: StrategyName;
  /** By candidate, from 0: lower ranks go first within a tier, whatever their scores. */
  rankOf(candidate: number): number;
  /**
   * Writes, by place, what displaying each of the first `count` items of a candidate is worth: finite, not negative. To be
   * asked before another page is prepared.
   */
  writeWorths(candidate: number, count: number, worths: Float64Array): void;
  /** Σ weight × worth of the first items of a candidate, as many as there are weights, without writing anything. */
  weighedSum(candidate: number, weights: Float64Array): number;
  /** What the strategy knows of a candidate, by name, to be shown beside its score; made when asked for. */
  partsOf(candidate: number): Readonly<Record<string, number>>;
}

/** A ranking policy, chosen by name in the layout. */
export interface Strategy {
  prepare(entry: Entry): Scorer;
}

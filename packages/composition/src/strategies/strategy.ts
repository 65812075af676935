import type { StrategyName } from '@widget-mediator/contracts';
import type { Entry } from '../admit.ts';

/** What a strategy makes of one page's candidates. */
export interface Scorer {
  /** The strategy that ranked: `remote` without an answer of its ranker is consensus. */
  readonly name: StrategyName;
  /** By candidate, from 0: lower ranks go first within a tier, whatever their scores. */
  rankOf(candidate: number): number;
  /**
   * By row of the key columns: what displaying the item there is worth; finite, not negative. The stage that asked
   * may change them: they are the scorer's to give away.
   */
  readonly values: Float64Array;
  /** What the strategy knows of a candidate, by name, to be shown beside its score; made when asked for. */
  partsOf(candidate: number): Readonly<Record<string, number>>;
}

/** A ranking policy, chosen by name in the layout. */
export interface Strategy {
  prepare(entry: Entry): Scorer;
}

import type { Layout } from '@widget-mediator/contracts';
import type { Entry } from '../admit.ts';

/** What a strategy makes of one page's candidates. */
export interface Scorer {
  /** By candidate, from 0: lower ranks go first within a tier, whatever their scores. */
  readonly ranks: readonly number[];
  /** By key number: what showing the item of that item key is worth; finite, not negative. */
  readonly values: Float64Array;
}

/** A ranking policy, chosen by name in the layout. */
export interface Strategy {
  readonly name: Layout['strategy'];
  prepare(entry: Entry): Scorer;
}

import { absent, type Source } from './source.ts';
import type { Tokens } from './tokenBucket.ts';

/** How a budget is held: breaches are always told, and acted upon only when `enforced`. */
export interface BudgetPolicy {
  readonly enforced: boolean;
  onBreach(): void;
}

/** Holds the source to its rate: a call beyond it is not made. */
export function withRateBudget(source: Source, tokens: Tokens, policy: BudgetPolicy): Source {
  return async (ask) => {
    if (tokens.take().taken) return source(ask);
    policy.onBreach();
    return policy.enforced ? absent('rate-exceeded') : source(ask);
  };
}

import type { RedisKeys } from '../store/redisKeys.ts';
import type { Quota } from './quota.ts';
import { createRateBudget, type RateBudget } from './rateBudget.ts';
import type { Rated } from './rated.ts';
import type { AskLease } from './redisLeases.ts';

/** The rate budgets of all widgets and teams. The same rate of the same owner is one budget, in all replicas. */
export interface RateBudgets {
  of(rated: Rated, quota: Quota): RateBudget;
  /** Lets go of the budgets of a widget that is not registered any more. */
  forget(widget: string): void;
  /** How many budgets Redis does not lease, so that this process holds them by itself. */
  local(): number;
}

export interface RateBudgetsParts {
  readonly keys: RedisKeys;
  readonly lease: AskLease;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

export function createRateBudgets({ keys, lease, now }: RateBudgetsParts): RateBudgets {
  const budgets = new Map<string, RateBudget>();
  return {
    of(rated, quota) {
      const name = nameOf(rated);
      const known = budgets.get(name);
      if (known !== undefined && isSame(known.quota, quota)) return known;
      // The rate is part of the key: under another one it holds from now on, not when the old window ends.
      const key = keys.rate(rated, quota);
      const budget = createRateBudget({ quota, now, lease: (wanted) => lease(key, quota, wanted) });
      budgets.set(name, budget);
      return budget;
    },
    forget(widget) {
      budgets.delete(nameOf({ widget, of: 'calls' }));
      budgets.delete(nameOf({ widget, of: 'publications' }));
    },
    local: () => [...budgets.values()].filter((budget) => budget.isLocal()).length,
  };
}

const nameOf = (rated: Rated): string =>
  'widget' in rated ? `widget:${rated.widget}:${rated.of}` : `team:${rated.team}:${rated.of}`;

const isSame = (a: Quota, b: Quota): boolean => a.tokens === b.tokens && a.windowSeconds === b.windowSeconds;

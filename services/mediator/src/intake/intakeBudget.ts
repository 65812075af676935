import { isEnforced, type ProblemCode, type Registration, type TeamId } from '@widget-mediator/contracts';
import type { Quota } from '../rate/quota.ts';
import { quotaOf } from '../rate/quota.ts';
import type { RateBudget } from '../rate/rateBudget.ts';
import type { RateBudgets } from '../rate/rateBudgets.ts';
import { createErrorsBudget, errorsQuota } from './errorsBudget.ts';

/** Of a widget: how often it publishes, and how much of that is invalid. Of a team: its other requests, and what is being read. */
export type BudgetName = 'rate' | 'errors' | 'requests' | 'bodies';

/** What a request may know of the budget that it was held to, whether it was let in or not. */
export interface BudgetState {
  readonly name: BudgetName;
  readonly quota: number;
  /** Absent for what is counted at one moment. */
  readonly windowSeconds?: number;
  readonly remaining: number;
  readonly resetMs: number;
}

/** One request against one budget; `refusal` says that it may not come in, and `resetMs` when one may. */
export interface Spending {
  readonly state: BudgetState;
  readonly refusal?: Refusal['refusal'];
}

export interface Refusal {
  readonly state: BudgetState;
  readonly refusal: Extract<ProblemCode, 'rate-exceeded' | 'errors-exceeded' | 'too-busy'>;
}

/** What a team may send: decided before a byte of a body is read. */
export interface IntakeBudget {
  /** One publication of the widget. */
  publication(registration: Registration): Spending;
  /**
   * What costs work and publishes nothing (registrations, dry runs, look-ups): a rate that no manifest sets. A body of
   * so many bytes costs one for each 64 KiB that it begins.
   */
  request(team: TeamId, bytes: number): Spending;
  /** Room for one body of the team, until it is left; or why there is none. */
  enter(team: TeamId): { readonly leave: () => void } | Refusal;
  /** What became of a publication that was read. */
  count(registration: Registration, outcome: 'valid' | 'refused'): void;
  /** Lets go of a widget that is not registered any more. */
  forget(widget: string): void;
}

export interface IntakeBudgetParts {
  readonly rates: RateBudgets;
  readonly onBreach: (
    budget: BudgetName,
    by: { readonly widget: string } | { readonly team: string },
  ) => void;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** 20 a second, 60 at once. */
const teamQuota: Quota = { tokens: 60, windowSeconds: 3, burst: 60 };
const bytesOfRequest = 64 * 1024;
/** Bodies of one team that may be in memory at once: 32 MiB at most. */
const teamBodies = 64;
const soonMs = 1_000;

export function createIntakeBudget({ rates, onBreach, now }: IntakeBudgetParts): IntakeBudget {
  const errors = createErrorsBudget(now);
  const bodies = new Map<TeamId, number>();

  return {
    publication({ manifest }) {
      const widget = manifest.metadata.id;
      const { budget } = manifest.spec;
      const rate = rates.of({ widget, of: 'publications' }, quotaOf(budget.ratePerSecond));
      const spending = heldForErrors(widget) ?? spend(rate, 'rate');
      if (spending.refusal === undefined) return spending;
      onBreach(spending.state.name, { widget });
      const isHeld = isEnforced(budget, spending.state.name === 'errors' ? 'errors' : 'rate');
      return isHeld ? spending : { state: spending.state };
    },
    request(team, bytes) {
      const cost = Math.min(teamQuota.burst, Math.max(1, Math.ceil(bytes / bytesOfRequest)));
      const spending = spend(rates.of({ team, of: 'requests' }, teamQuota), 'requests', cost);
      if (spending.refusal !== undefined) onBreach('requests', { team });
      return spending;
    },
    enter(team) {
      const inside = bodies.get(team) ?? 0;
      if (inside >= teamBodies) {
        onBreach('bodies', { team });
        const state = { name: 'bodies', quota: teamBodies, remaining: 0, resetMs: soonMs } as const;
        return { state, refusal: 'too-busy' };
      }
      bodies.set(team, inside + 1);
      return { leave: () => void bodies.set(team, (bodies.get(team) ?? 1) - 1) };
    },
    count: ({ manifest }, outcome) => errors.count(manifest.metadata.id, outcome),
    forget(widget) {
      errors.forget(widget);
      rates.forget(widget);
    },
  };

  function heldForErrors(widget: string): Spending | undefined {
    const resetMs = errors.heldFor(widget);
    if (resetMs === undefined) return undefined;
    const { refused: quota, windowSeconds } = errorsQuota;
    return {
      state: { name: 'errors', quota, windowSeconds, remaining: 0, resetMs },
      refusal: 'errors-exceeded',
    };
  }

  function spend(budget: RateBudget, name: BudgetName, cost = 1): Spending {
    const { tokens: quota, windowSeconds } = budget.quota;
    const taking = budget.take(cost);
    const state = { name, quota, windowSeconds, ...budget.outlook() };
    if (taking.taken) return { state };
    return { state: { ...state, remaining: 0, resetMs: taking.retryAfterMs }, refusal: 'rate-exceeded' };
  }
}

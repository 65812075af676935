import { type Asked, absent, type Question } from './source.ts';
import type { BudgetPolicy } from './withRateBudget.ts';

/** A source that is asked for no more at once than it answers in good time. */
export interface Adapted<Q extends Question, Brought> {
  readonly source: Asked<Q, Brought>;
  /** Calls that may be in flight now. */
  limit(): number;
  inFlight(): number;
}

export interface AdaptiveLimitOptions {
  readonly latencyMs: number;
  /** Where the limit begins, and what it never exceeds. */
  readonly most: number;
  /** In shadow mode the limit is kept, told, and exceeded. */
  readonly policy: BudgetPolicy;
}

/** Answers that take more of their budget than this say that the source is near its limits. */
const nearLimit = 0.75;
const decrease = 0.8;
const least = 1;

/**
 * Asks a source for less before it is cut off: additive increase, multiplicative decrease of the calls in flight (Chiu, Jain:
 * Analysis of the Increase and Decrease Algorithms for Congestion Avoidance in Computer Networks, 1989; Jacobson 1988).
 * An answer that takes three quarters of `latencyMs`, or none in time, takes a fifth off what was in flight, once in a
 * `latencyMs`, since calls that were made together are late together. Each answer in good time gives room for one more by
 * and by; the limit never falls below one call, so that it can rise again.
 */
export function withAdaptiveLimit<Q extends Question, Brought extends { readonly status: 'entered' }>(
  asked: Asked<Q, Brought>,
  { latencyMs, most, policy }: AdaptiveLimitOptions,
): Adapted<Q, Brought> {
  let limit = most;
  let inFlight = 0;
  let peak = 0;
  let fellAt = Number.NEGATIVE_INFINITY;

  return {
    limit: () => Math.floor(limit),
    inFlight: () => inFlight,
    source: async (question) => {
      if (inFlight >= Math.floor(limit)) {
        policy.onBreach();
        if (policy.enforced) return absent('too-busy');
      }
      inFlight += 1;
      peak = Math.max(peak, inFlight);
      const startedAt = performance.now();
      try {
        const answer = await asked(question);
        if (answer.status === 'entered' || answer.code === 'abstained' || answer.code === 'timeout') {
          adapt(startedAt, performance.now());
        }
        return answer;
      } finally {
        inFlight -= 1;
      }
    },
  };

  function adapt(startedAt: number, at: number): void {
    if (at - startedAt < nearLimit * latencyMs) {
      limit = Math.min(most, limit + 1 / limit);
      return;
    }
    // Of calls that were under way when it fell, it has heard already.
    if (startedAt < fellAt) return;
    limit = Math.max(least, decrease * Math.min(limit, peak));
    fellAt = at;
    peak = 0;
  }
}

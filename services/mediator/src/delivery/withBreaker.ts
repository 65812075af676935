import { EventEmitter } from 'node:events';
import type { DeliveryCode } from '@widget-mediator/contracts';
import CircuitBreaker from 'opossum';
import { type Absent, type Asked, absent, type Question } from './source.ts';
import type { BudgetPolicy } from './withRateBudget.ts';

/** The states of a breaker, as metrics show them. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** A source, or a ranker, with its breaker. */
export interface Guarded<Q extends Question, Brought> {
  readonly source: Asked<Q, Brought>;
  state(): BreakerState;
  close(): void;
}

export interface BreakerOptions<Brought> {
  /** What else is a fault: an answer that is of no use, though it is one. */
  readonly isUseless: (brought: Brought) => boolean;
  readonly resetAfterMs: number;
  readonly consecutiveFailures: number;
  readonly rotation: EventEmitter;
  /** In shadow mode the breaker keeps its books, and calls are made all the same. */
  readonly policy: BudgetPolicy;
}

export const defaultBreakerOptions = { resetAfterMs: 2_000, consecutiveFailures: 10 } as const;

/**
 * Leaves a failing source alone for a while (opossum). Timeouts, broken connections, error statuses and answers that
 * are invalid, oversized or too small count; a healthy abstention does not, and refusals of our own never get here.
 *
 * opossum's own timeout does not cancel and its percentiles are slow, so both are off; `withDeadline` inside sees to it
 * that the one half-open probe always settles. Its error share alone would take as many failures as there were
 * successes in the window, so a run of `consecutiveFailures` opens the breaker whatever came before.
 */
export function withBreaker<Q extends Question, Brought extends { readonly status: 'entered' }>(
  source: Asked<Q, Brought>,
  options: BreakerOptions<Brought>,
): Guarded<Q, Brought> {
  /** Carries a faulty answer through opossum, which only sees rejections. */
  class SourceFault extends Error {
    readonly answer: Brought | Absent;

    constructor(answer: Brought | Absent) {
      super('source fault');
      this.answer = answer;
    }
  }
  let breaker = startBreaker();

  return {
    source: async (question) => {
      if (breaker.opened) {
        options.policy.onBreach();
        if (!options.policy.enforced) return source(question);
      }
      try {
        return await breaker.fire(question);
      } catch (error) {
        if (error instanceof SourceFault) return error.answer;
        if (error instanceof Error && CircuitBreaker.isOurError(error)) {
          return options.policy.enforced ? absent('breaker-open') : source(question);
        }
        throw error;
      }
    },
    state: () => (breaker.closed ? 'closed' : breaker.halfOpen ? 'half-open' : 'open'),
    close: () => breaker.shutdown(),
  };

  function startBreaker(): CircuitBreaker<[Q], Brought | Absent> {
    const started: CircuitBreaker<[Q], Brought | Absent> = new CircuitBreaker(askOrThrow, {
      timeout: false,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
      volumeThreshold: 10,
      errorThresholdPercentage: 50,
      resetTimeout: options.resetAfterMs,
      rotateBucketController: options.rotation,
      // What says nothing about the source is no failure; but neither is it the success that a probe is for.
      errorFilter: (error: unknown): boolean => !started.halfOpen && !isConclusive(error),
    });
    let failuresInARow = 0;
    started.on('success', (answer: unknown) => {
      if (!(answer instanceof Error)) failuresInARow = 0;
    });
    started.on('failure', (error: unknown) => {
      if (isConclusive(error)) failuresInARow += 1;
      if (failuresInARow >= options.consecutiveFailures) started.open();
    });
    // The old window still holds what opened it, and one more fault would open it again: recovery starts a new one.
    started.on('close', () => {
      breaker = startBreaker();
      setImmediate(() => started.shutdown());
    });
    return started;
  }

  async function askOrThrow(question: Q): Promise<Brought | Absent> {
    const answer = await source(question);
    if (isFault(answer) || isInconclusive(answer)) throw new SourceFault(answer);
    return answer;
  }

  function isFault(answer: Brought | Absent): boolean {
    return answer.status === 'absent' ? faults.has(answer.code) : options.isUseless(answer);
  }

  function isConclusive(error: unknown): boolean {
    return error instanceof SourceFault && !isInconclusive(error.answer);
  }
}

const faults: ReadonlySet<DeliveryCode> = new Set([
  'timeout',
  'unreachable',
  'error-status',
  'invalid-answer',
  'oversized-answer',
]);

/** The page's hurry, not the source's fault. */
const isInconclusive = (answer: { readonly status: 'entered' } | Absent): boolean =>
  answer.status === 'absent' && answer.code === 'page-deadline';

/** One timer turns the statistics windows of all breakers, instead of one timer each. */
export function createBreakerRotation(): { readonly rotation: EventEmitter; stop(): void } {
  const rotation = new EventEmitter().setMaxListeners(0);
  const timer = setInterval(() => rotation.emit('rotate'), 1_000).unref();
  return { rotation, stop: () => clearInterval(timer) };
}

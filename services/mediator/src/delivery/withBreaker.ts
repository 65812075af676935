import { EventEmitter } from 'node:events';
import type { BreakerState, BreakerTransition, DeliveryCode } from '@widget-mediator/contracts';
import CircuitBreaker from 'opossum';
import { createRecentOutcomes } from './recentOutcomes.ts';
import { createRecoveryRamp } from './recoveryRamp.ts';
import { type Absent, type Asked, absent, type Question } from './source.ts';
import type { BudgetPolicy } from './withRateBudget.ts';

/** A source, or a ranker, with its breaker. */
export interface Guarded<Q extends Question, Brought> {
  readonly source: Asked<Q, Brought>;
  state(): BreakerState;
  close(): void;
}

export interface BreakerOptions<Brought> {
  /** What else is a fault: an answer that is of no use, though it is one. */
  readonly isUseless: (brought: Brought) => boolean;
  /** Of the calls within a second: when more than this share fails, the breaker opens. */
  readonly errorShare: number;
  readonly resetAfterMs: number;
  readonly consecutiveFailures: number;
  readonly recoverForMs: number;
  readonly rotation: EventEmitter;
  /** In shadow mode the breaker keeps its books, and calls are made all the same. */
  readonly policy: BudgetPolicy;
  /** Told of each change of state; `cause` is the verdict that opened it, if one did. */
  readonly onTransition?: (transition: Omit<BreakerTransition, 'at'>) => void;
}

export const defaultBreakerOptions = {
  errorShare: 0.5,
  resetAfterMs: 2_000,
  consecutiveFailures: 10,
  recoverForMs: 5_000,
} as const;

/**
 * Leaves a failing source alone for a while (opossum). Timeouts, broken connections, error statuses and answers that
 * are invalid, oversized, too old or too small count; a healthy abstention does not, nor does a call that its page
 * cut short; refusals of our own never get here.
 *
 * opossum's own timeout does not cancel and its percentiles are slow, so both are off; `withDeadline` inside sees to it
 * that the one half-open probe always settles. Its window is a second, so that an hour of health does not outweigh a
 * second of faults; for sources that are asked less than ten times a second, the last twenty outcomes decide. A source
 * that answers its probe is let back in over `recoverForMs`; three faults in a row meanwhile are a relapse.
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
  const { policy, onTransition = () => {} } = options;
  const ramp = createRecoveryRamp(options.recoverForMs, () => performance.now());
  let breaker = startBreaker();

  return {
    source: async (question) => {
      if (!breaker.closed || ramp.isOn()) {
        const refusal = refusalNow();
        if (refusal !== undefined) {
          policy.onBreach();
          return policy.enforced ? absent(refusal) : source(question);
        }
      }
      try {
        return await breaker.fire(question);
      } catch (error) {
        if (error instanceof SourceFault) return error.answer;
        if (error instanceof Error && CircuitBreaker.isOurError(error)) {
          return policy.enforced ? absent('breaker-open') : source(question);
        }
        throw error;
      }
    },
    state,
    close: () => breaker.shutdown(),
  };

  function state(): BreakerState {
    if (breaker.closed) return ramp.isOn() ? 'recovering' : 'closed';
    return breaker.halfOpen ? 'half-open' : 'open';
  }

  /** In the half-open state opossum lets one through and refuses the others itself. */
  function refusalNow(): 'breaker-open' | 'recovering' | undefined {
    if (breaker.opened) return 'breaker-open';
    return breaker.closed && !ramp.admits() ? 'recovering' : undefined;
  }

  function startBreaker(): CircuitBreaker<[Q], Brought | Absent> {
    const started: CircuitBreaker<[Q], Brought | Absent> = new CircuitBreaker(askOrThrow, {
      timeout: false,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
      volumeThreshold: 10,
      rollingCountBuckets: rotationsKept,
      errorThresholdPercentage: 100 * options.errorShare,
      resetTimeout: options.resetAfterMs,
      rotateBucketController: options.rotation,
      // What says nothing about the source is no failure; but neither is it the success that a probe is for.
      errorFilter: (error: unknown): boolean => !started.halfOpen && !isConclusive(error),
    });
    const recent = createRecentOutcomes(options.consecutiveFailures, options.errorShare);
    let cause: string | undefined;
    started.on('success', (answer: unknown) => {
      if (!(answer instanceof Error)) recent.succeeded();
    });
    started.on('failure', (error: unknown) => {
      if (!isConclusive(error)) return;
      cause = causeOf(error);
      if (recent.failed() || (ramp.isOn() && recent.run() >= relapse)) started.open();
    });
    started.on('open', () => onTransition(cause === undefined ? { to: 'open' } : { to: 'open', cause }));
    started.on('halfOpen', () => onTransition({ to: 'half-open' }));
    // The old window still holds what opened it, and one more fault would open it again: recovery starts a new one.
    started.on('close', () => {
      ramp.begin();
      breaker = startBreaker();
      setImmediate(() => started.shutdown());
      onTransition({ to: 'recovering' });
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

  function causeOf(error: unknown): string | undefined {
    if (!(error instanceof SourceFault)) return undefined;
    return error.answer.status === 'absent' ? error.answer.code : 'too-few-items';
  }
}

const faults: ReadonlySet<DeliveryCode> = new Set([
  'timeout',
  'unreachable',
  'error-status',
  'invalid-answer',
  'oversized-answer',
  'stale-answer',
  'expired',
]);

/** Faults in a row while a source recovers. */
const relapse = 3;

/** The page's hurry, or its leaving, is not the source's fault. */
const isInconclusive = (answer: { readonly status: 'entered' } | Absent): boolean =>
  answer.status === 'absent' && (answer.code === 'page-deadline' || answer.code === 'abandoned');

/** A breaker looks back on so many turns of its window, of so many ms each: a second. */
const rotationsKept = 2;
const rotationMs = 500;

/** One timer turns the statistics windows of all breakers, instead of one timer each. */
export function createBreakerRotation(): { readonly rotation: EventEmitter; stop(): void } {
  const rotation = new EventEmitter().setMaxListeners(0);
  const timer = setInterval(() => rotation.emit('rotate'), rotationMs).unref();
  return { rotation, stop: () => clearInterval(timer) };
}

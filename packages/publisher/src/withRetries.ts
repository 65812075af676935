import type { Clock } from './clock.ts';
import { MediatorUnreachable } from './mediatorUnreachable.ts';
import { PublisherProblem } from './publisherProblem.ts';

export type RetryOptions = {
  readonly clock: Clock;
  /** No attempt starts later than this after the first. */
  readonly giveUpAfterMs: number;
  readonly signal?: AbortSignal | undefined;
};

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Attempts until one succeeds, fails for good, or time is up; then throws what the last attempt threw. `attempt` is
 * told how many milliseconds are left.
 *
 * @throws at once, rather than after a wait that cannot help, when the mediator asks for more time than is left.
 */
export async function withRetries<T>(
  attempt: (remainingMs: number) => Promise<T>,
  { clock, giveUpAfterMs, signal }: RetryOptions,
): Promise<T> {
  const endsAt = clock.now() + giveUpAfterMs;
  for (let failures = 0; ; failures += 1) {
    try {
      signal?.throwIfAborted();
      return await attempt(endsAt - clock.now());
    } catch (error) {
      if (!isPassing(error)) throw error;
      const waitMs = pauseMs(error, failures, clock.random());
      if (clock.now() + waitMs >= endsAt) throw error;
      await clock.sleep(waitMs, signal);
    }
  }
}

function isPassing(error: unknown): error is PublisherProblem | MediatorUnreachable {
  if (error instanceof PublisherProblem) return error.temporary;
  return error instanceof MediatorUnreachable;
}

/**
 * Capped exponential backoff with full jitter (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog,
 * 2015). It comes on top of Retry-After, so that clients who were told the same second do not return in the same one.
 */
export function pauseMs(
  { retryAfterMs = 0 }: PublisherProblem | MediatorUnreachable,
  failures: number,
  random: number,
): number {
  return retryAfterMs + random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
}

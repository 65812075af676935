import type { ServerResponse } from 'node:http';
import { Refusal } from './refusal.ts';

/**
 * What the work comes to, if it does within `deadlineMs` and while somebody waits for `response`. The work is told by its signal
 * when not, and what it comes to later, an error too, is dropped.
 *
 * @throws Refusal 503 as soon as the time is over or nobody waits; what the work throws before that.
 */
export async function withinDeadline<T>(
  deadlineMs: number,
  response: ServerResponse,
  work: (signal: AbortSignal) => Promise<T> | T,
): Promise<T> {
  const gone = new AbortController();
  const { signal } = gone;
  const end = () => gone.abort(new Error('the deadline has passed'));
  const endsAtMs = performance.now() + deadlineMs;
  const timer = setTimeout(end, deadlineMs);
  response.once('close', () => gone.abort(new Error('the mediator has gone away')));
  try {
    const outcome = await Promise.race([work(signal), abortOf(signal)]);
    // Work that never waits keeps the timer from firing.
    if (performance.now() >= endsAtMs) end();
    signal.throwIfAborted();
    return outcome;
  } catch (error) {
    if (signal.aborted) throw new Refusal(503, { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

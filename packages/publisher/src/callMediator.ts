import { createCallLimit } from './callLimit.ts';
import { MediatorUnreachable } from './mediatorUnreachable.ts';
import { PublisherProblem } from './publisherProblem.ts';

export type MediatorCall = {
  readonly method: 'PUT' | 'POST';
  readonly url: string;
  readonly headers: Headers;
  /** JSON, one value or one a line. */
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/**
 * One HTTP exchange; resolves to a 2xx answer with its parsed body.
 *
 * @throws PublisherProblem for any other answer, MediatorUnreachable for none, the signal's reason when aborted.
 */
export async function callMediator(
  fetch: typeof globalThis.fetch,
  call: MediatorCall,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const { status, ok, retryAfterMs, text } = await exchange(fetch, call);
  const body = parseJson(text);
  if (!ok) throw new PublisherProblem(status, body, retryAfterMs);
  return { status, body };
}

async function exchange(fetch: typeof globalThis.fetch, { url, timeoutMs, signal, ...init }: MediatorCall) {
  const limit = createCallLimit(signal);
  try {
    signal?.throwIfAborted();
    limit.allow(timeoutMs);
    // A redirect would carry the API key to a place that nobody configured; it surfaces as a PublisherProblem.
    const answer = await fetch(url, { ...init, redirect: 'manual', signal: limit.signal });
    const text = await answer.text();
    return { status: answer.status, ok: answer.ok, retryAfterMs: retryAfterMs(answer.headers), text };
  } catch (error) {
    signal?.throwIfAborted();
    throw new MediatorUnreachable(error);
  } finally {
    limit.end();
  }
}

/** Retry-After as the mediator sends it, in whole seconds (RFC 9110, 10.2.3); the date form is ignored. */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : undefined;
}

/** Undefined for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

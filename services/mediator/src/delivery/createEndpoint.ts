import type { DeliveryCode } from '@widget-mediator/contracts';
import type { Dispatcher } from 'undici';
import { type ExchangeResult, httpExchange } from './httpExchange.ts';
import { type Absent, absent, type Question } from './source.ts';

/** Where a service is asked, and what it may spend on one answer. */
export interface Endpoint {
  readonly url: URL;
  readonly dispatcher: Dispatcher;
  readonly latencyMs: number;
  readonly maxBytes: number;
}

/** What a service answered, as JSON by its own account; nothing of it was looked at yet. */
export interface Said {
  readonly status: 'said';
  readonly bytes: Buffer;
  readonly etag?: string;
}

/** What it answered last still holds (304). */
export interface Unchanged {
  readonly status: 'unchanged';
}

/** One question: its JSON, and the `ETag` of the answer that is known already. */
export interface Post {
  readonly body: object;
  readonly ifNoneMatch?: string | undefined;
}

/** How a service gives up. */
const gaveUpCodes: ReadonlySet<DeliveryCode> = new Set(['unreachable', 'error-status']);

/** Timers are not exact: a service that gives up at its deadline may be a moment early. */
const gaveUpMarginMs = 3;

/** Makes what POSTs a body as JSON to one endpoint, and tells it how many ms it has (`X-Deadline-Ms`). */
export function createEndpoint({ url, dispatcher, latencyMs, maxBytes }: Endpoint) {
  const path = `${url.pathname}${url.search}`;

  return async (
    { body, ifNoneMatch }: Post,
    { remainingMs, cancellation, traceparent }: Question,
  ): Promise<Said | Unchanged | Absent> => {
    const advertisedMs = Math.max(1, Math.floor(Math.min(latencyMs, remainingMs)));
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-deadline-ms': String(advertisedMs),
      ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
      ...(traceparent !== undefined && { traceparent }),
    };
    const startedAt = performance.now();
    const result = await httpExchange(dispatcher, {
      path,
      headers,
      body: JSON.stringify(body),
      maxBytes,
      cancellation,
    });
    const answer = readResult(result, ifNoneMatch !== undefined);
    const gaveUp = performance.now() - startedAt >= advertisedMs - gaveUpMarginMs;
    // Who fails because a hurried page gave it less than its budget did as it was told.
    const hurried = advertisedMs < latencyMs && gaveUp;
    return hurried && answer.status === 'absent' && gaveUpCodes.has(answer.code)
      ? absent('page-deadline')
      : answer;
  };
}

function readResult(result: ExchangeResult, wasConditional: boolean): Said | Unchanged | Absent {
  switch (result.kind) {
    case 'broken':
      return absent('unreachable');
    case 'oversized':
      return absent('oversized-answer');
    case 'answered': {
      const { status, isJson, etag, retryAfter, bytes } = result;
      if (status === 204) return absent('abstained');
      if (status === 304 && wasConditional) return { status: 'unchanged' };
      if (status !== 200) return { ...absent('error-status'), ...retryAfterOf(status, retryAfter) };
      if (!isJson) return absent('invalid-answer');
      return etag !== undefined && isEtag.test(etag)
        ? { status: 'said', bytes, etag }
        : { status: 'said', bytes };
    }
  }
}

/** RFC 9110, 8.8.3; longer ones are not kept. */
const isEtag = /^(?:W\/)?"[\x21\x23-\x7e]{0,128}"$/;

/** RFC 9110, 10.2.3: of those who are busy, in seconds. A date says nothing that a wrong clock could not. */
function retryAfterOf(status: number, retryAfter: string | undefined): Pick<Absent, 'retryAfterMs'> {
  const isBusy = status === 429 || status === 503;
  return isBusy && retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter)
    ? { retryAfterMs: 1_000 * Number(retryAfter) }
    : {};
}

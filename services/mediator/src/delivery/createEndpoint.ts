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
}

/** How a service gives up. */
const gaveUpCodes: ReadonlySet<DeliveryCode> = new Set(['unreachable', 'error-status']);

/** Timers are not exact: a service that gives up at its deadline may be a moment early. */
const gaveUpMarginMs = 3;

/** Makes what POSTs a body as JSON to one endpoint, and tells it how many ms it has (`X-Deadline-Ms`). */
export function createEndpoint({ url, dispatcher, latencyMs, maxBytes }: Endpoint) {
  const path = `${url.pathname}${url.search}`;

  return async (
    body: object,
    { remainingMs, cancellation, traceparent }: Question,
  ): Promise<Said | Absent> => {
    const advertisedMs = Math.max(1, Math.floor(Math.min(latencyMs, remainingMs)));
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-deadline-ms': String(advertisedMs),
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
    const answer = readResult(result);
    const gaveUp = performance.now() - startedAt >= advertisedMs - gaveUpMarginMs;
    // Who fails because a hurried page gave it less than its budget did as it was told.
    const hurried = advertisedMs < latencyMs && gaveUp;
    return hurried && answer.status === 'absent' && gaveUpCodes.has(answer.code)
      ? absent('page-deadline')
      : answer;
  };
}

function readResult(result: ExchangeResult): Said | Absent {
  switch (result.kind) {
    case 'broken':
      return absent('unreachable');
    case 'oversized':
      return absent('oversized-answer');
    case 'answered':
      if (result.status === 204) return absent('abstained');
      if (result.status !== 200) return absent('error-status');
      return result.isJson ? { status: 'said', bytes: result.bytes } : absent('invalid-answer');
  }
}

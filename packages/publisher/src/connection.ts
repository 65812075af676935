import { type Clock, systemClock } from './clock.ts';

export type PublisherOptions = {
  /** For example `https://mediator.example.org`; a path is kept. */
  readonly mediatorUrl: string;
  /** Your team's key, with the scope to publish. */
  readonly apiKey: string;
  readonly fetch?: typeof globalThis.fetch;
  /** How long a call may go on retrying; 60,000 unless given. */
  readonly giveUpAfterMs?: number;
  /** How long one attempt may take; 10,000 unless given. */
  readonly callTimeoutMs?: number;
  /** For tests. */
  readonly clock?: Clock;
};

/** Where and how to reach the mediator. */
export type Connection = Required<
  Pick<PublisherOptions, 'fetch' | 'clock' | 'giveUpAfterMs' | 'callTimeoutMs'>
> & {
  readonly urlOf: (path: string) => string;
  readonly headersOf: (call: { mediaType: string; idempotencyKey?: string | undefined }) => Headers;
};

/** @throws TypeError for a URL or key that cannot be sent. */
export function createConnection({ mediatorUrl, apiKey, ...options }: PublisherOptions): Connection {
  const { fetch = globalThis.fetch, clock = systemClock } = options;
  const { giveUpAfterMs = 60_000, callTimeoutMs = 10_000 } = options;
  // Checked here because `Headers` would quote the key in its error.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new TypeError('apiKey must be visible ASCII characters');
  const base = new URL(mediatorUrl).href.replace(/\/+$/, '');
  return {
    fetch,
    clock,
    giveUpAfterMs,
    callTimeoutMs,
    urlOf: (path) => base + path,
    headersOf({ mediaType, idempotencyKey }) {
      const headers = new Headers({
        authorization: `Bearer ${apiKey}`,
        'content-type': mediaType,
        accept: `${mediaType}, application/problem+json`,
      });
      if (idempotencyKey !== undefined) headers.set('idempotency-key', quoted(idempotencyKey));
      return headers;
    },
  };
}

/** A string of RFC 9651, as draft-ietf-httpapi-idempotency-key-header-07 wants it. */
function quoted(idempotencyKey: string): string {
  if (!/^[\x20-\x7e]{1,255}$/.test(idempotencyKey)) {
    throw new TypeError('idempotencyKey must be at most 255 visible ASCII characters');
  }
  return `"${idempotencyKey.replaceAll(/["\\]/g, '\\$&')}"`;
}

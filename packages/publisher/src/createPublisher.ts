import {
  type PublicationInput,
  Receipt,
  Registration,
  type WidgetId,
  type WidgetManifestInput,
} from '@widget-mediator/contracts';
import { callMediator } from './callMediator.ts';
import { type Clock, systemClock } from './clock.ts';
import { PublisherProblem } from './publisherProblem.ts';
import {
  type Publications,
  type PublishManyOptions,
  type PublishOutcome,
  publishEach,
} from './publishMany.ts';
import { withRetries } from './withRetries.ts';

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

export type CallOptions = {
  /** Aborting ends the call and its retries; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
};

export type PublishOptions = CallOptions & {
  /**
   * Makes the publication stored once, and answered the same for a day, whoever sends it under this key: at most 255
   * visible ASCII characters. Unless given, each call has one of its own, which its retries share.
   */
  readonly idempotencyKey?: string;
};

/**
 * All retry what passes by itself (429, 502, 503, 504, no connection, no answer in time), honouring Retry-After,
 * until `giveUpAfterMs`. They throw a {@link PublisherProblem} when the mediator refuses and `MediatorUnreachable` when
 * it cannot be reached.
 */
export type Publisher = {
  /** Registers the widget or changes its registration. Idempotent: call it at every start. */
  readonly register: (manifest: WidgetManifestInput, options?: CallOptions) => Promise<Registration>;
  /** Submits items; the receipt means that they are stored durably. The same version again must have the same content. */
  readonly publish: (
    widget: WidgetId,
    publication: PublicationInput,
    options?: PublishOptions,
  ) => Promise<Receipt>;
  /**
   * Submits publications of one or many widgets, several at a time, each by itself. Resolves to one outcome each, in their
   * order, and throws only when `signal` is aborted. Of two versions for one audience publish the newer one only.
   */
  readonly publishMany: (
    publications: Publications,
    options?: PublishManyOptions,
  ) => Promise<readonly PublishOutcome[]>;
  /** Dry run: what `publish` would answer. Nothing is stored. */
  readonly check: (
    widget: WidgetId,
    publication: PublicationInput,
    options?: CallOptions,
  ) => Promise<Receipt>;
};

/** The recommender team's side of the mediator. @throws TypeError for a URL or key that cannot be sent. */
export function createPublisher(options: PublisherOptions): Publisher {
  const send = createSender(options);
  const path = (widget: WidgetId) => `/v1/widgets/${encodeURIComponent(widget)}`;
  const submit = (query: string, widget: WidgetId, content: PublicationInput, call: PublishOptions = {}) =>
    send({ method: 'POST', path: `${path(widget)}/publications${query}`, content, answer: Receipt, ...call });

  const publish: Publisher['publish'] = (widget, content, call) =>
    submit('', widget, content, { idempotencyKey: crypto.randomUUID(), ...call });
  const check: Publisher['check'] = (widget, content, call) => submit('?dryRun=true', widget, content, call);

  return {
    register: (manifest, call) =>
      send({
        method: 'PUT',
        path: path(manifest.metadata.id),
        content: manifest,
        answer: Registration,
        ...call,
      }),
    publish,
    publishMany: (publications, many = {}) => publishEach(many.dryRun ? check : publish, publications, many),
    check,
  };
}

type Sending<T> = {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly content: unknown;
  readonly answer: { readonly safeParse: (body: unknown) => { readonly data?: T | undefined } };
  readonly signal?: AbortSignal;
  readonly idempotencyKey?: string;
};

function createSender({ mediatorUrl, apiKey, ...options }: PublisherOptions) {
  const { fetch = globalThis.fetch, clock = systemClock } = options;
  const { giveUpAfterMs = 60_000, callTimeoutMs = 10_000 } = options;
  // Checked here because `Headers` would quote the key in its error.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new TypeError('apiKey must be visible ASCII characters');
  const base = new URL(mediatorUrl).href.replace(/\/+$/, '');
  const always = new Headers({
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/json',
    accept: 'application/json, application/problem+json',
  });

  return async <T>({ method, path, content, answer, signal, idempotencyKey }: Sending<T>): Promise<T> => {
    const headers = new Headers(always);
    if (idempotencyKey !== undefined) headers.set('idempotency-key', quoted(idempotencyKey));
    const request = { method, url: base + path, headers, body: JSON.stringify(content), signal };
    const { status, body } = await withRetries(
      (remainingMs) => callMediator(fetch, { ...request, timeoutMs: Math.min(callTimeoutMs, remainingMs) }),
      { clock, giveUpAfterMs, signal },
    );
    const { data } = answer.safeParse(body);
    // A success that is not the mediator's: another server stands at this URL.
    if (data === undefined) throw new PublisherProblem(status, body);
    return data;
  };
}

/** A string of RFC 9651, as draft-ietf-httpapi-idempotency-key-header-07 wants it. */
function quoted(idempotencyKey: string): string {
  if (!/^[\x20-\x7e]{1,255}$/.test(idempotencyKey)) {
    throw new TypeError('idempotencyKey must be at most 255 visible ASCII characters');
  }
  return `"${idempotencyKey.replaceAll(/["\\]/g, '\\$&')}"`;
}

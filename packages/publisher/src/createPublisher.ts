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

/**
 * All three retry what passes by itself (429, 502, 503, 504, no connection, no answer in time), honouring Retry-After,
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
    options?: CallOptions,
  ) => Promise<Receipt>;
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
  return {
    register: (manifest, call) =>
      send({
        method: 'PUT',
        path: path(manifest.metadata.id),
        content: manifest,
        answer: Registration,
        ...call,
      }),
    publish: (widget, content, call) =>
      send({ method: 'POST', path: `${path(widget)}/publications`, content, answer: Receipt, ...call }),
    check: (widget, content, call) =>
      send({
        method: 'POST',
        path: `${path(widget)}/publications?dryRun=true`,
        content,
        answer: Receipt,
        ...call,
      }),
  };
}

type Sending<T> = {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly content: unknown;
  readonly answer: { readonly safeParse: (body: unknown) => { readonly data?: T | undefined } };
  readonly signal?: AbortSignal;
};

function createSender({ mediatorUrl, apiKey, ...options }: PublisherOptions) {
  const { fetch = globalThis.fetch, clock = systemClock } = options;
  const { giveUpAfterMs = 60_000, callTimeoutMs = 10_000 } = options;
  // Checked here because `Headers` would quote the key in its error.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new TypeError('apiKey must be visible ASCII characters');
  const base = new URL(mediatorUrl).href.replace(/\/+$/, '');
  const headers = new Headers({
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/json',
    accept: 'application/json, application/problem+json',
  });

  return async <T>({ method, path, content, answer, signal }: Sending<T>): Promise<T> => {
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

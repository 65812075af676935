import {
  type PublicationInput,
  Receipt,
  Registration,
  type WidgetId,
  type WidgetManifestInput,
} from '@widget-mediator/contracts';
import type { Publications } from './batchesOf.ts';
import { callMediator } from './callMediator.ts';
import { type Connection, createConnection, type PublisherOptions } from './connection.ts';
import { PublisherProblem } from './publisherProblem.ts';
import { type PublishManyOptions, publishMany } from './publishMany.ts';
import type { PublishOutcome } from './publishOutcome.ts';
import { withRetries } from './withRetries.ts';

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
   * Submits publications of one or many widgets, as lines of streams, each by itself. Resolves to one outcome each, in their
   * order, and throws only when `signal` is aborted.
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
  const connection = createConnection(options);
  const send = createSender(connection);
  const path = (widget: WidgetId) => `/v1/widgets/${encodeURIComponent(widget)}`;
  const submit = (query: string, widget: WidgetId, content: PublicationInput, call: PublishOptions = {}) =>
    send({ method: 'POST', path: `${path(widget)}/publications${query}`, content, answer: Receipt, ...call });

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
      submit('', widget, content, { idempotencyKey: crypto.randomUUID(), ...call }),
    publishMany: (publications, many = {}) => publishMany(connection, publications, many),
    check: (widget, content, call) => submit('?dryRun=true', widget, content, call),
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

function createSender({ fetch, clock, giveUpAfterMs, callTimeoutMs, urlOf, headersOf }: Connection) {
  return async <T>({ method, path, content, answer, signal, idempotencyKey }: Sending<T>): Promise<T> => {
    const headers = headersOf({ mediaType: 'application/json', idempotencyKey });
    const request = { method, url: urlOf(path), headers, body: JSON.stringify(content), signal };
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

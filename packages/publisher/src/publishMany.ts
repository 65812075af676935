import type { BulkLineInput, PublicationInput, Receipt, WidgetId } from '@widget-mediator/contracts';
import { MediatorUnreachable } from './mediatorUnreachable.ts';
import { PublisherProblem } from './publisherProblem.ts';

/** What became of one of many: its receipt, or why there is none. */
export type PublishOutcome = {
  /** Its place in what was given, from 0. */
  readonly index: number;
  readonly widget: WidgetId;
} & (
  | { readonly ok: true; readonly receipt: Receipt }
  | { readonly ok: false; readonly error: PublisherProblem | MediatorUnreachable }
);

export type PublishProgress = {
  readonly published: number;
  readonly failed: number;
  /** The one that was settled just now; they are settled in any order. */
  readonly latest: PublishOutcome;
};

export type PublishManyOptions = {
  readonly signal?: AbortSignal;
  /** Checks them all and stores nothing. */
  readonly dryRun?: boolean;
  /** How many are on their way at once; 8 unless given. */
  readonly concurrency?: number;
  readonly onProgress?: (progress: PublishProgress) => void;
};

/** Publications, each with the widget that it is of. An (async) generator is read no faster than they are sent. */
export type Publications = Iterable<BulkLineInput> | AsyncIterable<BulkLineInput>;

type PublishOne = (
  widget: WidgetId,
  publication: PublicationInput,
  options: { readonly signal?: AbortSignal },
) => Promise<Receipt>;

/**
 * Publishes each by itself: one that is refused keeps no other from being stored. When the mediator stays away for
 * as long as a call may take, what has not begun is not tried: it fails for the same reason.
 *
 * @throws the signal's reason when it is aborted; what was published until then stays. And what reading the publications throws.
 */
export async function publishEach(
  publishOne: PublishOne,
  publications: Publications,
  { signal, concurrency = 8, onProgress }: PublishManyOptions,
): Promise<PublishOutcome[]> {
  const outcomes: PublishOutcome[] = [];
  const counts = { published: 0, failed: 0 };
  const numbered = numberedFrom(publications);
  const failed = new AbortController();
  const stop = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  let gaveUp: PublisherProblem | MediatorUnreachable | undefined;

  const settle = async ({ index, widget, publication }: Numbered): Promise<PublishOutcome> => {
    if (gaveUp !== undefined) return { index, widget, ok: false, error: gaveUp };
    try {
      return { index, widget, ok: true, receipt: await publishOne(widget, publication, { signal: stop }) };
    } catch (error) {
      if (stop.aborted || !isRefusal(error)) throw error;
      if (isAway(error)) gaveUp ??= error;
      return { index, widget, ok: false, error };
    }
  };
  const work = async () => {
    for await (const each of numbered) {
      stop.throwIfAborted();
      const latest = await settle(each);
      outcomes[latest.index] = latest;
      counts[latest.ok ? 'published' : 'failed'] += 1;
      onProgress?.({ ...counts, latest });
    }
  };
  // The first that throws ends the calls of the others.
  await Promise.all(
    Array.from({ length: Math.max(1, concurrency) }, () =>
      work().catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    ),
  );
  return outcomes;
}

type Numbered = {
  readonly index: number;
  readonly widget: WidgetId;
  readonly publication: PublicationInput;
};

/** Shared by all that work: a generator answers one call of `next` after the other, however many are waiting. */
async function* numberedFrom(publications: Publications): AsyncGenerator<Numbered> {
  let index = 0;
  for await (const { widget, ...publication } of publications) {
    yield { index, widget, publication };
    index += 1;
  }
}

const isRefusal = (error: unknown): error is PublisherProblem | MediatorUnreachable =>
  error instanceof PublisherProblem || error instanceof MediatorUnreachable;

/** A spent rate budget is the widget's own; all else that passes by itself would meet every other as well. */
const isAway = (error: PublisherProblem | MediatorUnreachable): boolean =>
  error instanceof MediatorUnreachable || (error.temporary && error.status !== 429 && error.status !== 409);

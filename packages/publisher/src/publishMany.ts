import { type Batch, batchesOf, type Publications } from './batchesOf.ts';
import type { Connection } from './connection.ts';
import type { MediatorUnreachable } from './mediatorUnreachable.ts';
import { PublisherProblem } from './publisherProblem.ts';
import type { PublishOutcome } from './publishOutcome.ts';
import { sendBatch } from './sendBatch.ts';

export type PublishProgress = {
  readonly published: number;
  readonly failed: number;
  /** The one that was settled just now; what has to be sent again is settled later. */
  readonly latest: PublishOutcome;
};

export type PublishManyOptions = {
  readonly signal?: AbortSignal;
  /** Checks them all and stores nothing. */
  readonly dryRun?: boolean;
  /**
   * Makes each publication stored once, and answered the same for a day, when the same publications are sent in the same
   * order under this key: at most 240 visible ASCII characters. Unless given, each call has one of its own.
   */
  readonly idempotencyKey?: string;
  readonly onProgress?: (progress: PublishProgress) => void;
};

/**
 * Sends them in streams of lines, in their order: one that is refused keeps no other from being stored, and only what
 * passes by itself is sent again. When the mediator stays away for as long as a call may take, or does not take the key, the rest
 * is not tried: it fails for the same reason.
 *
 * @throws the signal's reason when it is aborted; what was published until then stays. And what reading the publications throws.
 */
export async function publishMany(
  connection: Connection,
  publications: Publications,
  { onProgress, idempotencyKey = crypto.randomUUID(), ...options }: PublishManyOptions,
): Promise<PublishOutcome[]> {
  const outcomes: PublishOutcome[] = [];
  const counts = { published: 0, failed: 0 };
  const settle = (latest: PublishOutcome) => {
    outcomes[latest.index] = latest;
    counts[latest.ok ? 'published' : 'failed'] += 1;
    onProgress?.({ ...counts, latest });
  };
  let gaveUp: PublisherProblem | MediatorUnreachable | undefined;
  for await (const batch of batchesOf(publications)) {
    options.signal?.throwIfAborted();
    const key = `${idempotencyKey} ${batch.first}`;
    gaveUp ??= await sendBatch(connection, batch, { ...options, idempotencyKey: key, settle });
    if (gaveUp !== undefined) failRest(batch, gaveUp, settle);
    // What one widget may not do now, others may.
    if (gaveUp instanceof PublisherProblem && gaveUp.budget === 'rate') gaveUp = undefined;
  }
  return outcomes;
}

function failRest(
  { first, pending }: Batch,
  error: PublisherProblem | MediatorUnreachable,
  settle: (outcome: PublishOutcome) => void,
): void {
  for (const [line, { widget }] of pending) settle({ index: first + line - 1, widget, ok: false, error });
  pending.clear();
}

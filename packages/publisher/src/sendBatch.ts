import type { BulkResult } from '@widget-mediator/contracts';
import type { Batch } from './batchesOf.ts';
import { callForLines } from './callForLines.ts';
import type { Connection } from './connection.ts';
import { MediatorUnreachable } from './mediatorUnreachable.ts';
import { PublisherProblem } from './publisherProblem.ts';
import type { PublishOutcome } from './publishOutcome.ts';
import { pauseMs, withRetries } from './withRetries.ts';

export type BatchOptions = {
  readonly signal?: AbortSignal;
  readonly dryRun?: boolean;
  readonly idempotencyKey: string;
  readonly settle: (outcome: PublishOutcome) => void;
};

type Hindrance = PublisherProblem | MediatorUnreachable;

/**
 * Sends a batch, and what of it was not settled again, until all is, or until nothing was for as long as a call may go on
 * retrying: then returns why.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function sendBatch(
  connection: Connection,
  batch: Batch,
  options: BatchOptions,
): Promise<Hindrance | undefined> {
  const { clock, giveUpAfterMs } = connection;
  const { signal } = options;
  /** Throws only when nothing was settled: whoever comes forward, however slowly, is not given up on. */
  const attempt = async (remainingMs: number) => {
    const before = batch.pending.size;
    const hindrance = await sendPending(connection, batch, { ...options, remainingMs });
    if (hindrance !== undefined && batch.pending.size === before) throw hindrance;
    return hindrance;
  };
  try {
    while (batch.pending.size > 0) {
      const hindrance = await withRetries(attempt, { clock, giveUpAfterMs, signal });
      if (hindrance !== undefined) await clock.sleep(pauseMs(hindrance, 0, clock.random()), signal);
    }
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof PublisherProblem || error instanceof MediatorUnreachable) return error;
    throw error;
  }
}

/** One stream. Settles what it can; returns what kept the rest from being settled. */
async function sendPending(
  { fetch, urlOf, headersOf, callTimeoutMs }: Connection,
  batch: Batch,
  { dryRun = false, idempotencyKey, signal, settle, remainingMs }: BatchOptions & { remainingMs: number },
): Promise<Hindrance | undefined> {
  const call = {
    method: 'POST',
    url: urlOf(`/v1/publications${dryRun ? '?dryRun=true' : ''}`),
    headers: headersOf({ mediaType: 'application/x-ndjson', idempotencyKey }),
    body: bodyOf(batch),
    timeoutMs: Math.min(callTimeoutMs, remainingMs),
    signal,
  } as const;
  let hindrance: Hindrance | undefined;
  try {
    for await (const result of callForLines(fetch, call)) {
      const problem = settleOne(batch, result, settle);
      // The one that asks for the longest wait tells when all may come again.
      if (problem && (problem.retryAfterMs ?? 0) >= (hindrance?.retryAfterMs ?? 0)) hindrance = problem;
    }
  } catch (error) {
    if (!(error instanceof PublisherProblem || error instanceof MediatorUnreachable)) throw error;
    return error;
  }
  if (batch.pending.size === 0) return undefined;
  return hindrance ?? new MediatorUnreachable(new Error('it answered fewer lines than it was sent'));
}

/** What is settled leaves an empty line, so that the others keep the numbers by which they are known. */
const bodyOf = ({ size, pending }: Batch): string =>
  Array.from({ length: size }, (_, index) => `${pending.get(index + 1)?.text ?? ''}\n`).join('');

/** Returns the problem of a line that is to be sent again. */
function settleOne(
  { first, pending }: Batch,
  result: BulkResult,
  settle: BatchOptions['settle'],
): PublisherProblem | undefined {
  const line = pending.get(result.line);
  if (line === undefined) return undefined;
  const place = { index: first + result.line - 1, widget: line.widget };
  const error = 'problem' in result ? new PublisherProblem(result.status, result.problem) : undefined;
  if (error?.temporary) return error;
  pending.delete(result.line);
  if ('receipt' in result) settle({ ...place, ok: true, receipt: result.receipt });
  else if (error !== undefined) settle({ ...place, ok: false, error });
  return undefined;
}

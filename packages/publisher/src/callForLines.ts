import { BulkResult } from '@widget-mediator/contracts';
import { createCallLimit } from './callLimit.ts';
import { type MediatorCall, parseJson, retryAfterMs } from './callMediator.ts';
import { MediatorUnreachable } from './mediatorUnreachable.ts';
import { PublisherProblem } from './publisherProblem.ts';

/**
 * One HTTP exchange that is answered line by line, each as it comes. `timeoutMs` is how long it may say nothing. A line that is no
 * result is left out: what it was the answer of has none.
 *
 * @throws PublisherProblem for any other answer, MediatorUnreachable when it breaks off, the signal's reason when aborted.
 */
export async function* callForLines(
  fetch: typeof globalThis.fetch,
  { url, timeoutMs, signal, ...init }: MediatorCall,
): AsyncGenerator<BulkResult> {
  const limit = createCallLimit(signal);
  try {
    signal?.throwIfAborted();
    limit.allow(timeoutMs);
    const answer = await fetch(url, { ...init, redirect: 'manual', signal: limit.signal });
    if (!answer.ok) {
      throw new PublisherProblem(answer.status, parseJson(await answer.text()), retryAfterMs(answer.headers));
    }
    for await (const line of linesOf(answer, () => limit.allow(timeoutMs))) {
      const { data } = BulkResult.safeParse(parseJson(line));
      if (data !== undefined) yield data;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof PublisherProblem ? error : new MediatorUnreachable(error);
  } finally {
    limit.end();
  }
}

async function* linesOf({ body }: Response, onHeard: () => void): AsyncGenerator<string> {
  if (body === null) return;
  const decoder = new TextDecoder();
  let begun = '';
  for await (const bytes of body) {
    onHeard();
    const [first = '', ...others] = decoder.decode(bytes, { stream: true }).split('\n');
    begun += first;
    for (const next of others) {
      yield begun;
      begun = next;
    }
  }
  if (begun !== '') yield begun;
}

import type { IdempotencyStore, Undertaking } from '../store/idempotencyStore.ts';
import { HttpProblem } from './httpProblem.ts';

/** What came of it: `replayed` when it had been done before. */
export interface Done {
  readonly answer: string;
  readonly replayed: boolean;
}

/**
 * Does what was undertaken, or returns the answer of when it was done (draft-ietf-httpapi-idempotency-key-header-07). What is refused is
 * forgotten: mended, it may come under the same name. Throws {@link HttpProblem} when the name is taken.
 */
export async function onceOnly(
  store: IdempotencyStore,
  undertaking: Undertaking,
  work: () => Promise<string>,
): Promise<Done> {
  const begun = await store.begin(undertaking);
  switch (begun.status) {
    case 'done':
      return { answer: begun.answer, replayed: true };
    case 'other':
      throw new HttpProblem('idempotency-key-reused');
    case 'busy':
      throw new HttpProblem('idempotency-key-in-use', { retryAfterSeconds: 1 });
    case 'begun':
  }
  try {
    const answer = await work();
    // It is done: should this be forgotten, doing it again changes nothing.
    await store.finish(begun.lease, answer).catch(() => {});
    return { answer, replayed: false };
  } catch (error) {
    // Not waited for: the store may be what failed, and then the lease ends by itself.
    void store.release(begun.lease).catch(() => {});
    throw error;
  }
}

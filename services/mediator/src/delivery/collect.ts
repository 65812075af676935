import type { HomepageRequest, Registration } from '@widget-mediator/contracts';
import type { Found } from '../registry/contentMemory.ts';
import type { Collected, CollectParts } from './collected.ts';
import { climb, type Outcome } from './ladder.ts';
import { findPushed, userContents } from './pushed.ts';
import { settleWaiting, type Waiting } from './settleWaiting.ts';
import { type Answer, absent, newCancellation } from './source.ts';
import { sourceRequestFor, varyKeyFor } from './sourceRequest.ts';

/** A question that would get less time than this is not asked. */
export const leastUsefulMs = 5;

/**
 * Collects candidates from all eligible widgets within `budgetMs`: first the pull sources are asked, all at the same time,
 * then what is pushed is taken from memory. Every widget comes out exactly once, whatever its source does. What
 * settles after the budget warms the cache and touches nothing else.
 */
export async function collect(
  parts: CollectParts,
  eligible: readonly Registration[],
  page: { readonly request: HomepageRequest; readonly budgetMs: number },
): Promise<Collected[]> {
  const startedAt = performance.now();
  const remainingMs = () => page.budgetMs - (performance.now() - startedAt);
  const collected: Collected[] = [];
  const waiting: Waiting[] = [];

  for (const registration of eligible) {
    if (registration.manifest.spec.delivery.mode === 'pull') pull(registration);
  }
  const users = await userContents(parts.users, page.request.user, remainingMs());
  for (const registration of eligible) {
    if (registration.manifest.spec.delivery.mode === 'push') {
      settle(registration, findPushed(parts, registration, { request: page.request, users }));
    }
  }
  await settleWaiting(waiting, remainingMs(), settle);
  return collected.sort((a, b) => compareIds(a.registration, b.registration));

  /** From the cache when that is fresh, else by asking. A fault of our own costs this widget, never the page. */
  function pull(registration: Registration): void {
    const { manifest } = registration;
    try {
      const source = parts.sources.of(registration);
      const varyKey = varyKeyFor(manifest, page.request);
      const held = source.held(varyKey);
      if (held.state === 'fresh') {
        settle(registration, { answer: held.answer });
        return;
      }
      const stale = held.state === 'stale' ? held.content : undefined;
      if (remainingMs() < leastUsefulMs) {
        settle(registration, { answer: absent('deadline-too-short'), stale });
        return;
      }
      const asked = source.ask({
        request: sourceRequestFor(manifest, page.request),
        varyKey,
        remainingMs: remainingMs(),
        cancellation: newCancellation(),
      });
      const answer = asked.catch((error: unknown) => ourFault(manifest.metadata.id, error));
      waiting.push({ registration, stale, answer });
    } catch (error) {
      settle(registration, { answer: ourFault(manifest.metadata.id, error) });
    }
  }

  function ourFault(widget: string, error: unknown): Answer {
    parts.onFault(widget, error);
    return absent('mediator-fault');
  }

  function settle(registration: Registration, outcome: Outcome): void {
    const durationMs = performance.now() - startedAt;
    collected.push({ registration, durationMs, ...climb(registration.manifest, outcome, findEligible) });
  }

  /** What stands in for another widget must itself be allowed on this page. */
  function findEligible(widget: string): Found {
    const allowed = eligible.some(({ manifest }) => manifest.metadata.id === widget);
    return allowed ? parts.contents.find(widget, [], parts.now()) : { found: false, code: 'no-publication' };
  }
}

const compareIds = (a: Registration, b: Registration): number =>
  a.manifest.metadata.id < b.manifest.metadata.id ? -1 : 1;

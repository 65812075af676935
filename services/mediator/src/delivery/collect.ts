import type { HomepageRequest, Registration } from '@widget-mediator/contracts';
import type { PageTrace } from '../observability/pageTrace.ts';
import type { Found } from '../registry/contentMemory.ts';
import type { UserContents } from '../registry/userContent.ts';
import type { Collected, CollectParts } from './collected.ts';
import { climb, type Outcome } from './ladder.ts';
import { findPushed, userContents } from './pushed.ts';
import { settleWaiting, type Waiting } from './settleWaiting.ts';
import { type Answer, type Ask, absent, type Cancellation, cancel, newCancellation } from './source.ts';
import { sourceRequestFor, varyKeyFor } from './sourceRequest.ts';

/** A question that would get less time than this is not asked. */
export const leastUsefulMs = 5;

/** A page that its widgets are collected for. */
export interface CollectingPage {
  readonly request: HomepageRequest;
  readonly budgetMs: number;
  /** Cancelled when the page's client is gone: then every call is left, and `collect` rejects with `ClientGone`. */
  readonly cancellation: Cancellation;
  readonly trace: PageTrace;
  /** Whether the page can do without what is outstanding; asked whenever something has come while something has not. */
  readonly isComplete?: ((progress: Progress) => boolean) | undefined;
}

export interface Progress {
  readonly collected: readonly Collected[];
  readonly outstanding: ReadonlySet<Registration>;
}

/**
 * Collects candidates from all eligible widgets within `budgetMs`: first the pull sources are asked, all at the same time,
 * then what is pushed is taken from memory, and what was pushed for this one user from the store. All that is waited
 * for shares the one budget. Every widget comes out exactly once, whatever its source does. What settles after the
 * page has closed warms the cache and touches nothing else.
 */
export async function collect(
  parts: CollectParts,
  eligible: readonly Registration[],
  page: CollectingPage,
): Promise<Collected[]> {
  const { request, cancellation, trace, isComplete } = page;
  const startedAt = performance.now();
  const remainingMs = () => page.budgetMs - (performance.now() - startedAt);
  const collected: Collected[] = [];
  const outstanding = new Set(eligible);
  const waiting: Waiting[] = [];
  const pushed: Registration[] = [];

  for (const registration of eligible) {
    if (registration.manifest.spec.delivery.mode === 'pull') pull(registration);
    else pushed.push(registration);
  }
  const users = userContents(parts.users, request.user, remainingMs());
  if (users instanceof Promise) waiting.push(forUsers(users));
  else settlePushed(users);

  if (waiting.length > 0) {
    await settleWaiting(waiting, {
      budgetMs: remainingMs(),
      cancellation,
      ...(isComplete !== undefined && {
        isComplete: () => isComplete({ collected, outstanding }),
      }),
    });
  }
  return collected.sort((a, b) => compareIds(a.registration, b.registration));

  /** From the cache when that is fresh, else by asking. A fault of our own costs this widget, never the page. */
  function pull(registration: Registration): void {
    const { manifest } = registration;
    try {
      const source = parts.sources.of(registration);
      const varyKey = varyKeyFor(manifest, request);
      const held = source.held(varyKey);
      const question = (traceparent: string, asking = newCancellation()): Ask => ({
        request: sourceRequestFor(manifest, request),
        varyKey,
        remainingMs: remainingMs(),
        cancellation: asking,
        traceparent,
      });
      if (held.state === 'fresh' || held.state === 'refused') {
        settle(registration, { answer: held.answer, stale: held.state === 'fresh' ? undefined : held.stale });
        return;
      }
      if (held.state === 'revalidating') {
        settle(registration, { found: { found: true, content: held.content, provenance: 'stale' } });
        source.refresh(question(trace.traceparent));
        return;
      }
      const stale = held.state === 'stale' ? held.content : undefined;
      if (remainingMs() < leastUsefulMs) {
        settle(registration, { answer: absent('deadline-too-short'), stale });
        return;
      }
      const call = trace.call(manifest.metadata.id);
      const asking = newCancellation();
      const asked = source.ask(question(call.traceparent, asking));
      const settleWith = (answer: Answer) => {
        call.end(answer.status === 'entered' ? answer.status : answer.code);
        settle(registration, { answer, stale });
      };
      waiting.push({
        ready: asked.then(
          (answer) => () => settleWith(answer),
          (error: unknown) => () => settleWith(ourFault(registration, error)),
        ),
        giveUp: (code) => settleWith(absent(code)),
        leave() {
          call.end('gone');
          cancel(asking);
        },
      });
    } catch (error) {
      settle(registration, { answer: ourFault(registration, error) });
    }
  }

  function forUsers(loading: Promise<UserContents | undefined>): Waiting {
    return {
      ready: loading.then((users) => () => settlePushed(users)),
      giveUp(code) {
        if (code === 'page-deadline') settlePushed(undefined);
        else for (const registration of pushed) settle(registration, { answer: absent(code) });
      },
      leave() {},
    };
  }

  function settlePushed(users: UserContents | undefined): void {
    for (const registration of pushed)
      settle(registration, findPushed(parts, registration, { request, users }));
  }

  function ourFault({ manifest }: Registration, error: unknown): Answer {
    parts.onFault(manifest.metadata.id, error);
    return absent('mediator-fault');
  }

  function settle(registration: Registration, outcome: Outcome): void {
    const durationMs = performance.now() - startedAt;
    outstanding.delete(registration);
    collected.push({ registration, durationMs, ...rungOf(registration, outcome) });
  }

  function rungOf(registration: Registration, outcome: Outcome): ReturnType<typeof climb> {
    try {
      return climb(registration.manifest, outcome, findEligible);
    } catch (error) {
      parts.onFault(registration.manifest.metadata.id, error);
      return { code: 'mediator-fault' };
    }
  }

  /** What stands in for another widget must itself be allowed on this page. */
  function findEligible(widget: string): Found {
    const allowed = eligible.some(({ manifest }) => manifest.metadata.id === widget);
    return allowed ? parts.contents.find(widget, [], parts.now()) : { found: false, code: 'no-publication' };
  }
}

const compareIds = (a: Registration, b: Registration): number =>
  a.manifest.metadata.id < b.manifest.metadata.id ? -1 : 1;

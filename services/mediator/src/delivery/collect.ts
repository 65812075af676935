import {
  type DeliveryCode,
  type HomepageRequest,
  type Provenance,
  type Registration,
  verdictTable,
} from '@widget-mediator/contracts';
import type { Content } from '../intake/content.ts';
import { type ContentMemory, type Found, usable } from '../registry/contentMemory.ts';
import type { UserContent, UserContents } from '../registry/userContent.ts';
import { fallbackFor } from './fallback.ts';
import { type Answer, absent, newCancellation } from './source.ts';
import { sourceRequestFor, varyKeyFor } from './sourceRequest.ts';
import type { Sources } from './sources.ts';
import type { CachedSource } from './withCache.ts';

/**
 * What one widget brought to a page: something to show (and why it is not fresh), or why nothing.
 * `durationMs` counts from the start of the page.
 */
export interface Collected {
  readonly registration: Registration;
  readonly durationMs: number;
  readonly entry?: { readonly content: Content; readonly provenance: Provenance };
  readonly code?: DeliveryCode;
}

export interface CollectParts {
  readonly contents: ContentMemory;
  readonly users: UserContent;
  readonly sources: Sources;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called when asking a source failed by a fault of our own. */
  readonly onFault: (widget: string, error: unknown) => void;
}

/** A question that would get less time than this is not asked. */
const leastUsefulMs = 5;
/** How long a page waits for the store to tell what was published for its user. */
const userContentWaitMs = 50;

type Outcome = Pick<Collected, 'entry' | 'code'>;

/**
 * Collects candidates from all eligible widgets within `budgetMs`: what is pushed from memory, what is pulled by asking
 * at the same time. Every widget comes out exactly once, whatever its source does. What settles after the budget warms
 * the cache and touches nothing else.
 */
export async function collect(
  parts: CollectParts,
  eligible: readonly Registration[],
  page: { readonly request: HomepageRequest; readonly budgetMs: number },
): Promise<Collected[]> {
  const startedAt = performance.now();
  const { request, budgetMs } = page;
  const users = await userContents(parts.users, request.user, Math.min(budgetMs, userContentWaitMs));
  const collected: Collected[] = [];
  const waiting: Waiting[] = [];

  for (const registration of eligible) {
    if (registration.manifest.spec.delivery.mode === 'push') {
      settle(registration, fromFound(findPushed(parts, registration, request, users)));
      continue;
    }
    const source = parts.sources.of(registration);
    const varyKey = varyKeyFor(registration.manifest, request);
    const held = source.held(varyKey);
    if (held.state === 'fresh') {
      settle(registration, fromAnswer(held.answer));
      continue;
    }
    const stale = held.state === 'stale' ? held.content : undefined;
    const remainingMs = budgetMs - (performance.now() - startedAt);
    if (remainingMs < leastUsefulMs) {
      settle(registration, withStale(fromAnswer(absent('deadline-too-short')), stale));
    } else {
      waiting.push({
        registration,
        stale,
        answer: ask(parts, registration, { source, request, varyKey, remainingMs }),
      });
    }
  }
  await settleWaiting(waiting, budgetMs - (performance.now() - startedAt), settle);
  return collected.sort((a, b) => compareIds(a.registration, b.registration));

  function settle(registration: Registration, outcome: Outcome): void {
    const laddered = withFallback(parts, registration, outcome);
    collected.push({ registration, durationMs: performance.now() - startedAt, ...laddered });
  }
}

interface Waiting {
  readonly registration: Registration;
  readonly stale: Content | undefined;
  readonly answer: Promise<Answer>;
}

/** Waits until all have answered or the budget is spent, whichever is first. */
function settleWaiting(
  waiting: readonly Waiting[],
  budgetMs: number,
  settle: (registration: Registration, outcome: Outcome) => void,
): Promise<void> {
  if (waiting.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const open = new Set(waiting);
    const timer = setTimeout(
      () => {
        const late = [...open];
        open.clear();
        for (const { registration, stale } of late) {
          settle(registration, withStale(fromAnswer(absent('page-deadline')), stale));
        }
        resolve();
      },
      Math.max(0, budgetMs),
    );
    for (const one of waiting) {
      void one.answer.then((answer) => {
        if (!open.delete(one)) return;
        settle(one.registration, withStale(fromAnswer(answer), one.stale));
        if (open.size === 0) {
          clearTimeout(timer);
          resolve();
        }
      });
    }
  });
}

/** Asks the source. A fault of our own on the way costs this widget, never the page. */
async function ask(
  { onFault }: CollectParts,
  { manifest }: Registration,
  question: { source: CachedSource; request: HomepageRequest; varyKey: string; remainingMs: number },
): Promise<Answer> {
  const { source, request, varyKey, remainingMs } = question;
  try {
    return await source.ask({
      request: sourceRequestFor(manifest, request),
      varyKey,
      remainingMs,
      cancellation: newCancellation(),
    });
  } catch (error) {
    onFault(manifest.metadata.id, error);
    return absent('mediator-fault');
  }
}

/** The user's own content wins over a segment's, and that over everyone's. */
function findPushed(
  { contents, now }: CollectParts,
  { manifest }: Registration,
  request: HomepageRequest,
  users: UserContents | undefined,
): Found {
  const widget = manifest.metadata.id;
  const own = usable(users?.get(widget), now());
  return own?.found === true ? own : contents.find(widget, request.segments, now());
}

/** The store is asked only if anybody publishes for single users; if it does not answer in time, the page goes on. */
async function userContents(
  users: UserContent,
  user: string | undefined,
  waitMs: number,
): Promise<UserContents | undefined> {
  if (user === undefined || !users.isUsed()) return undefined;
  const cached = users.cached(user);
  if (cached !== undefined) return cached;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), waitMs);
    users
      .load(user)
      .then(resolve, () => resolve(undefined))
      .finally(() => clearTimeout(timer));
  });
}

const fromFound = (found: Found): Outcome =>
  found.found ? { entry: { content: found.content, provenance: found.provenance } } : { code: found.code };

const fromAnswer = (answer: Answer): Outcome =>
  answer.status === 'entered'
    ? { entry: { content: answer.content, provenance: 'fresh' } }
    : { code: answer.code };

/** A source that abstains is believed; one that fails is stood in for by what it said before. */
function withStale(outcome: Outcome, stale: Content | undefined): Outcome {
  if (stale === undefined || outcome.code === undefined || !verdictTable[outcome.code].degraded)
    return outcome;
  return { entry: { content: stale, provenance: 'stale' }, code: outcome.code };
}

function withFallback(parts: CollectParts, { manifest }: Registration, outcome: Outcome): Outcome {
  const { entry, code } = outcome;
  if (entry !== undefined || code === undefined || !verdictTable[code].degraded) return outcome;
  const content = fallbackFor(manifest, (widget) => parts.contents.find(widget, [], parts.now()));
  return content === undefined ? outcome : { entry: { content, provenance: 'fallback' }, code };
}

const compareIds = (a: Registration, b: Registration): number =>
  a.manifest.metadata.id < b.manifest.metadata.id ? -1 : 1;

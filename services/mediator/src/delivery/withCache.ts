import type { LRUCache } from 'lru-cache';
import type { Content } from '../intake/content.ts';
import { usable } from '../registry/contentMemory.ts';
import { type Absent, type Answer, type Ask, cancel, newCancellation, type Source } from './source.ts';

/** What the cache proxy has for a question right now. */
export type Held =
  | { readonly state: 'fresh'; readonly answer: Answer }
  /** It failed a moment ago; what it said before may still be good. */
  | { readonly state: 'refused'; readonly answer: Absent; readonly stale: Content | undefined }
  /** Past its ttl, and good enough to be shown without waiting: `refresh` fetches newer content meanwhile. */
  | { readonly state: 'revalidating'; readonly content: Content }
  | { readonly state: 'stale'; readonly content: Content }
  | { readonly state: 'nothing' };

/** A source behind its cache proxy. */
export interface CachedSource {
  /** What is in memory, without asking. */
  held(varyKey: string): Held;
  /**
   * Asks the source; pages that ask the same at the same time share one call, and its answer stays for the next. A page
   * leaves by cancelling its question: the call ends with the last that leaves, else when it is answered.
   */
  ask: Source;
  /** Asks in the background, unless somebody does already; nobody waits, and nobody ends it. */
  refresh(ask: Ask): void;
}

/** The answers of all sources, bounded together. Keys start with the widget and its revision. */
export type AnswerCache = LRUCache<string, CachedAnswer>;

/** Content or an abstention, and that asking again failed a moment ago. */
export interface CachedAnswer {
  readonly answer: Answer | undefined;
  readonly freshUntilMs: number;
  readonly refusal?: { readonly answer: Absent; readonly untilMs: number };
}

/** What became of a question, as metrics count it: how it was answered from memory, or that the source was asked. */
export const cacheOutcomes = ['fresh', 'revalidating', 'refused', 'shared', 'asked'] as const;
export type CacheOutcome = (typeof cacheOutcomes)[number];

export interface CacheOptions {
  /** Tells apart the answers of different sources, and of different revisions of one. */
  readonly name: string;
  readonly ttlMs: number;
  readonly staleWhileRevalidateMs: number;
  readonly cache: AnswerCache;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Grows when users are erased: what was asked for before that is not kept. */
  readonly erasures: () => number;
  readonly onOutcome: (outcome: CacheOutcome) => void;
  /** Called when a call in the background failed by a fault of our own. */
  readonly onFault: (error: unknown) => void;
}

/** One call, and how many pages would still want its answer. */
interface Flight {
  readonly answer: Promise<Answer>;
  readonly leave: () => void;
  join(): void;
}

/** A question that failed is not asked again for so long, so that one bad answer does not cost a call a page. */
const faultKeptMs = 1_000;
const longestRetryAfterMs = 60_000;

/** Faults of the answer itself: asked the same, the source says the same. */
const kept: ReadonlySet<string> = new Set([
  'error-status',
  'invalid-answer',
  'oversized-answer',
  'stale-answer',
]);

/**
 * The cache proxy in front of one source: ttl, single-flight, stale content for when the source fails or while it is asked
 * (RFC 5861), and for a moment what went wrong (RFC 9111 calls that negative).
 */
export function withCache(source: Source, options: CacheOptions): CachedSource {
  const { name, ttlMs, staleWhileRevalidateMs, cache, now, onOutcome } = options;
  const inFlight = new Map<string, Flight>();

  return {
    held(varyKey) {
      const held = heldNow(varyKey);
      if (held.state !== 'nothing' && held.state !== 'stale') onOutcome(held.state);
      return held;
    },
    ask(ask) {
      const running = inFlight.get(ask.varyKey);
      onOutcome(running === undefined ? 'asked' : 'shared');
      const flight = running ?? start(ask);
      flight.join();
      if (ask.cancellation.cancelled) flight.leave();
      else ask.cancellation.onCancel = flight.leave;
      return flight.answer;
    },
    refresh(ask) {
      if (inFlight.has(ask.varyKey) || refusalOf(cache.peek(keyOf(ask.varyKey))) !== undefined) return;
      onOutcome('asked');
      const flight = start(ask);
      flight.join();
      flight.answer.catch(options.onFault);
    },
  };

  function heldNow(varyKey: string): Held {
    const cached = cache.get(keyOf(varyKey));
    if (cached === undefined) return { state: 'nothing' };
    const { answer, freshUntilMs } = cached;
    const at = now();
    if (answer !== undefined && at < freshUntilMs) return { state: 'fresh', answer };
    const content = answer?.status === 'entered' ? answer.content : undefined;
    const stale = usable(content, at)?.found === true ? content : undefined;
    if (stale !== undefined && at < freshUntilMs + staleWhileRevalidateMs)
      return { state: 'revalidating', content: stale };
    const refusal = refusalOf(cached);
    if (refusal !== undefined) return { state: 'refused', answer: refusal, stale };
    return stale === undefined ? { state: 'nothing' } : { state: 'stale', content: stale };
  }

  function refusalOf(cached: CachedAnswer | undefined): Absent | undefined {
    const refusal = cached?.refusal;
    return refusal !== undefined && now() < refusal.untilMs ? refusal.answer : undefined;
  }

  function start(ask: Ask): Flight {
    const cancellation = newCancellation();
    let waiting = 0;
    const forget = () => {
      if (inFlight.get(ask.varyKey) === flight) inFlight.delete(ask.varyKey);
    };
    const flight: Flight = {
      answer: askAndKeep({ ...ask, ...known(ask.varyKey), cancellation }).finally(forget),
      join() {
        waiting += 1;
      },
      leave() {
        waiting -= 1;
        if (waiting > 0) return;
        forget();
        cancel(cancellation);
      },
    };
    inFlight.set(ask.varyKey, flight);
    return flight;
  }

  /** What the source need not say again, if it still holds. */
  function known(varyKey: string): Pick<Ask, 'known'> {
    const answer = cache.peek(keyOf(varyKey))?.answer;
    if (answer?.status !== 'entered' || answer.etag === undefined) return {};
    return { known: { etag: answer.etag, content: answer.content } };
  }

  async function askAndKeep(ask: Ask): Promise<Answer> {
    const erasures = options.erasures();
    const answer = await source(ask);
    if (erasures !== options.erasures()) return answer;
    const key = keyOf(ask.varyKey);
    if (answer.status === 'entered') keepContent(key, answer);
    else keepAbsence(key, answer);
    return answer;
  }

  function keepContent(key: string, answer: Answer & { readonly status: 'entered' }): void {
    const { candidate, freshUntilMs, staleUntilMs } = answer.content;
    if (candidate.items.length >= candidate.minItems && staleUntilMs > now())
      cache.set(key, { answer, freshUntilMs });
  }

  /** An abstention is believed for the ttl. A fault is, for a moment, beside what was good. */
  function keepAbsence(key: string, answer: Absent): void {
    if (answer.code === 'abstained') {
      if (ttlMs > 0) cache.set(key, { answer, freshUntilMs: now() + ttlMs });
      else cache.delete(key);
      return;
    }
    if (!kept.has(answer.code)) return;
    const keptMs = Math.min(answer.retryAfterMs ?? Math.min(faultKeptMs, ttlMs), longestRetryAfterMs);
    if (keptMs <= 0) return;
    const { answer: good, freshUntilMs = 0 } = cache.peek(key) ?? {};
    cache.set(key, { answer: good, freshUntilMs, refusal: { answer, untilMs: now() + keptMs } });
  }

  function keyOf(varyKey: string): string {
    return `${name}\n${varyKey}`;
  }
}

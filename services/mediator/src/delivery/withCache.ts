import type { LRUCache } from 'lru-cache';
import type { Content } from '../intake/content.ts';
import { usable } from '../registry/contentMemory.ts';
import type { Answer, Ask, Source } from './source.ts';

/** What the cache proxy has for a question right now. */
export type Held =
  | { readonly state: 'fresh'; readonly answer: Answer }
  | { readonly state: 'stale'; readonly content: Content }
  | { readonly state: 'nothing' };

/** A source behind its cache proxy. */
export interface CachedSource {
  /** What is in memory, without asking. */
  held(varyKey: string): Held;
  /** Asks the source; pages that ask the same at the same time share one call, and its answer stays for the next. */
  ask: Source;
}

/** The answers of all sources, bounded together. Keys start with the widget and its revision. */
export type AnswerCache = LRUCache<string, CachedAnswer>;

export interface CachedAnswer {
  readonly answer: Answer;
  readonly freshUntilMs: number;
}

export interface CacheOptions {
  /** Tells apart the answers of different sources, and of different revisions of one. */
  readonly name: string;
  readonly ttlMs: number;
  readonly cache: AnswerCache;
  readonly now: () => number;
}

/** The cache proxy in front of one source: ttl, single-flight, stale content for when the source fails. */
export function withCache(source: Source, { name, ttlMs, cache, now }: CacheOptions): CachedSource {
  const inFlight = new Map<string, Promise<Answer>>();

  return {
    held(varyKey) {
      const cached = cache.get(`${name}\n${varyKey}`);
      if (cached === undefined) return { state: 'nothing' };
      const { answer, freshUntilMs } = cached;
      if (now() < freshUntilMs) return { state: 'fresh', answer };
      return answer.status === 'entered' && usable(answer.content, now())?.found === true
        ? { state: 'stale', content: answer.content }
        : { state: 'nothing' };
    },
    ask(ask) {
      const running = inFlight.get(ask.varyKey);
      if (running !== undefined) return running;
      const started = askAndKeep(ask).finally(() => inFlight.delete(ask.varyKey));
      inFlight.set(ask.varyKey, started);
      return started;
    },
  };

  async function askAndKeep(ask: Ask): Promise<Answer> {
    const answer = await source(ask);
    const freshUntilMs = answer.status === 'entered' ? answer.content.freshUntilMs : now() + ttlMs;
    const key = `${name}\n${ask.varyKey}`;
    if (isWorthKeeping(answer)) cache.set(key, { answer, freshUntilMs });
    else if (answer.status === 'absent' && answer.code === 'abstained') cache.delete(key);
    return answer;
  }

  /** A fault keeps nothing, and does not replace what was good: that is what stale content is for. */
  function isWorthKeeping(answer: Answer): boolean {
    if (answer.status === 'absent') return answer.code === 'abstained' && ttlMs > 0;
    const { candidate, staleUntilMs } = answer.content;
    return candidate.items.length >= candidate.minItems && staleUntilMs > now();
  }
}

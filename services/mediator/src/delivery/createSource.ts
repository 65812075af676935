import type { EventEmitter } from 'node:events';
import { type Budget, isEnforced, type Registration, type SourceStatus } from '@widget-mediator/contracts';
import type { SourceMetrics } from '../observability/metrics.ts';
import { changeOf } from '../registry/changeOf.ts';
import { createHttpSource } from './httpSource.ts';
import type { Pools } from './pools.ts';
import { absent } from './source.ts';
import { createSourceBook } from './sourceBook.ts';
import type { Tokens } from './tokenBucket.ts';
import { withAdaptiveLimit } from './withAdaptiveLimit.ts';
import { defaultBreakerOptions, withBreaker } from './withBreaker.ts';
import { withBulkhead } from './withBulkhead.ts';
import { type AnswerCache, type CachedSource, withCache } from './withCache.ts';
import { withDeadline } from './withDeadline.ts';
import { withMetrics } from './withMetrics.ts';
import { withRateBudget } from './withRateBudget.ts';

/** What a source is made of, beside its manifest. */
export interface SourceParts {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly meters: SourceMetrics;
  /** Its rate budget. */
  readonly tokens: Tokens;
  readonly isAllowed: boolean;
  readonly pools: Pools;
  readonly cache: AnswerCache;
  readonly erasures: () => number;
  readonly rotation: EventEmitter;
  readonly onFault: (widget: string, error: unknown) => void;
}

/** One source, and what is known of it. */
export interface ManagedSource {
  readonly source: CachedSource;
  status(): SourceStatus;
  close(): void;
}

/** In shadow mode only the mediator's own safety bounds what is in flight. */
const shadowInFlight = 256;

/** The whole of what stands between a page and one source, from the inside out. */
export function createSource(registration: Registration, parts: SourceParts): ManagedSource {
  const { manifest } = registration;
  const { metadata, spec } = manifest;
  const { delivery, budget, minItems } = spec;
  if (delivery.mode !== 'pull') throw new Error('only pull widgets have a source to ask');
  const { id: widget, owner: team } = metadata;
  const { now, meters, cache, rotation } = parts;
  const book = createSourceBook(now);
  const endpoint = new URL(delivery.endpoint);
  const policy = (name: 'rate' | 'errors' | 'load') => ({
    enforced: isEnforced(budget, name),
    onBreach() {
      book.breach(name);
      meters.breach(name);
    },
  });

  const http = parts.isAllowed
    ? createHttpSource({ manifest, endpoint, dispatcher: parts.pools.of(endpoint), now })
    : async () => absent('endpoint-not-allowed');
  const bounded = withDeadline(http, budget.latencyMs);
  const breaker = withBreaker(bounded, {
    ...defaultBreakerOptions,
    isUseless: ({ content }) => content.candidate.items.length < minItems,
    errorShare: budget.errorShare,
    rotation,
    policy: policy('errors'),
    onTransition: book.transition,
  });
  const most = inFlightLimit(budget);
  const adapted = withAdaptiveLimit(breaker.source, {
    latencyMs: budget.latencyMs,
    most,
    policy: policy('load'),
  });
  const roomy = withBulkhead(adapted.source, isEnforced(budget, 'load') ? most : shadowInFlight);
  const limited = withRateBudget(roomy, parts.tokens, policy('rate'));
  const measured = withMetrics(limited, (outcome, ms) => {
    book.outcome(outcome, ms);
    meters.outcome(outcome, ms / 1_000);
  });
  const source = withCache(measured, {
    name: `${widget}@${changeOf(registration)}`,
    ttlMs: delivery.ttlMs,
    staleWhileRevalidateMs: delivery.staleWhileRevalidateMs,
    cache,
    erasures: parts.erasures,
    now,
    onOutcome(outcome) {
      book.cached(outcome);
      meters.cached(outcome);
    },
    onFault: (error) => parts.onFault(widget, error),
  });

  return {
    source,
    close: breaker.close,
    status() {
      const { history, ...record } = book.read();
      return {
        widget,
        team,
        breaker: { state: breaker.state(), history },
        budget,
        inFlight: adapted.inFlight(),
        limit: adapted.limit(),
        ...record,
      };
    },
  };
}

/** Little's law: more calls than rate × latency in flight means that answers come later than agreed. */
const inFlightLimit = ({ ratePerSecond, latencyMs }: Budget): number =>
  Math.max(4, Math.ceil((ratePerSecond * latencyMs) / 1000));

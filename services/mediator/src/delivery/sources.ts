import type { Budget, Registration } from '@widget-mediator/contracts';
import { LRUCache } from 'lru-cache';
import type { Metrics } from '../observability/metrics.ts';
import { quotaOf } from '../rate/quota.ts';
import type { RateBudgets } from '../rate/rateBudgets.ts';
import { changeOf } from '../registry/changeOf.ts';
import { createHttpSource } from './httpSource.ts';
import { createPools } from './pools.ts';
import { absent } from './source.ts';
import {
  type BreakerState,
  createBreakerRotation,
  defaultBreakerOptions,
  withBreaker,
} from './withBreaker.ts';
import { withBulkhead } from './withBulkhead.ts';
import { type CachedAnswer, type CachedSource, withCache } from './withCache.ts';
import { withDeadline } from './withDeadline.ts';
import { withMetrics } from './withMetrics.ts';
import { withRateBudget } from './withRateBudget.ts';

/** The pull sources, made when they are first asked and again when their registration changes. */
export interface Sources {
  of(registration: Registration): CachedSource;
  breakerStates(): ReadonlyMap<string, BreakerState>;
  /** Lets go of a source whose widget is not registered any more. */
  forget(widget: string): void;
  close(): Promise<void>;
}

interface Made {
  /** Of the registration that it was made from. */
  readonly change: string;
  readonly source: CachedSource;
  readonly state: () => BreakerState;
  readonly close: () => void;
}

export interface SourcesParts {
  readonly now: () => number;
  readonly metrics: Metrics;
  readonly rates: RateBudgets;
  readonly allowsEndpoint: (endpoint: string) => boolean;
}

/** Answers that are kept for all sources together, as bytes of their items' JSON. */
const maxAnswerBytes = 128 * 2 ** 20;
/** In shadow mode only the mediator's own safety bounds what is in flight. */
const shadowInFlight = 256;

export function createSources({ now, metrics, rates, allowsEndpoint }: SourcesParts): Sources {
  const made = new Map<string, Made>();
  const pools = createPools();
  const cache = new LRUCache<string, CachedAnswer>({ maxSize: maxAnswerBytes, sizeCalculation: bytesOf });
  const { rotation, stop: stopRotation } = createBreakerRotation();

  return {
    of(registration) {
      const widget = registration.manifest.metadata.id;
      const known = made.get(widget);
      if (known?.change === changeOf(registration)) return known.source;
      known?.close();
      const fresh = createSource(registration);
      made.set(widget, fresh);
      return fresh.source;
    },
    breakerStates: () => new Map([...made].map(([widget, { state }]) => [widget, state()])),
    forget(widget) {
      made.get(widget)?.close();
      made.delete(widget);
    },
    async close() {
      stopRotation();
      for (const { close } of made.values()) close();
      await pools.close();
    },
  };

  /** The whole of what stands between a page and one source, from the inside out. */
  function createSource(registration: Registration): Made {
    const { manifest } = registration;
    const change = changeOf(registration);
    const { delivery, budget, minItems } = manifest.spec;
    if (delivery.mode !== 'pull') throw new Error('only pull widgets have a source to ask');
    const widget = manifest.metadata.id;
    const endpoint = new URL(delivery.endpoint);

    const http = allowsEndpoint(delivery.endpoint)
      ? createHttpSource({ manifest, endpoint, dispatcher: pools.of(endpoint), now })
      : async () => absent('endpoint-not-allowed');
    const bounded = withDeadline(http, budget.latencyMs);
    const meters = metrics.source(widget);
    const policy = (name: 'rate' | 'errors') => ({
      enforced: budget.mode === 'enforce',
      onBreach: () => meters.breach(name),
    });
    const breaker = withBreaker(bounded, {
      isUseless: ({ content }) => content.candidate.items.length < minItems,
      rotation,
      policy: policy('errors'),
      ...defaultBreakerOptions,
    });
    const roomy = withBulkhead(breaker.source, inFlightLimit(budget));
    const rate = rates.of({ widget, of: 'calls' }, quotaOf(budget.ratePerSecond));
    const limited = withRateBudget(roomy, rate, policy('rate'));
    const measured = withMetrics(limited, meters);
    const name = `${widget}@${change}`;
    const source = withCache(measured, { name, ttlMs: delivery.ttlMs, cache, now });
    return { change, source, state: breaker.state, close: breaker.close };
  }
}

/** What is kept beside the bytes of the items is about as large again. */
const bytesOf = ({ answer }: CachedAnswer): number =>
  1_000 + (answer.status === 'entered' ? 2 * answer.content.fragments.bytes : 0);

/** Little's law: more calls than rate × latency in flight means that answers come later than agreed. */
function inFlightLimit({ ratePerSecond, latencyMs, mode }: Budget): number {
  if (mode === 'shadow') return shadowInFlight;
  return Math.max(4, Math.ceil((ratePerSecond * latencyMs) / 1000));
}

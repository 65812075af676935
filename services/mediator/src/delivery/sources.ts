import type { Registration, SourceStatus } from '@widget-mediator/contracts';
import { LRUCache } from 'lru-cache';
import type { Metrics } from '../observability/metrics.ts';
import { quotaOf } from '../rate/quota.ts';
import type { RateBudgets } from '../rate/rateBudgets.ts';
import { changeOf } from '../registry/changeOf.ts';
import { createSource, type ManagedSource } from './createSource.ts';
import { createPools } from './pools.ts';
import { isOfUser } from './sourceRequest.ts';
import { createBreakerRotation } from './withBreaker.ts';
import type { CachedAnswer, CachedSource } from './withCache.ts';

/** The pull sources of this process, made when they are first asked. */
export interface Sources {
  of(registration: Registration): CachedSource;
  /** What is known of each, by widget. */
  statuses(): SourceStatus[];
  /** Called when a widget is not registered any more. */
  forget(widget: string): void;
  /** Forgets what sources answered for one user, or for any. */
  forgetUser(user?: string): void;
  close(): Promise<void>;
}

export interface SourcesParts {
  readonly now: () => number;
  readonly metrics: Metrics;
  readonly rates: RateBudgets;
  readonly allowsEndpoint: (endpoint: string) => boolean;
  /** Called when asking a source in the background failed by a fault of our own. */
  readonly onFault: (widget: string, error: unknown) => void;
}

interface Made extends ManagedSource {
  /** Of the registration that it was made from: another revision, or another widget of the same id, is another source. */
  readonly change: string;
}

const maxAnswerBytes = 128 * 2 ** 20;

export function createSources({ now, metrics, rates, allowsEndpoint, onFault }: SourcesParts): Sources {
  const made = new Map<string, Made>();
  const pools = createPools();
  const cache = new LRUCache<string, CachedAnswer>({ maxSize: maxAnswerBytes, sizeCalculation: bytesOf });
  const { rotation, stop: stopRotation } = createBreakerRotation();
  let erased = 0;
  const shared = { now, pools, cache, rotation, onFault, erasures: () => erased };

  return {
    of(registration) {
      const widget = registration.manifest.metadata.id;
      const known = made.get(widget);
      const change = changeOf(registration);
      if (known?.change === change) return known.source;
      known?.close();
      const { delivery, budget } = registration.manifest.spec;
      const fresh = createSource(registration, {
        ...shared,
        meters: metrics.source(widget),
        tokens: rates.of({ widget, of: 'calls' }, quotaOf(budget.ratePerSecond)),
        isAllowed: delivery.mode === 'pull' && allowsEndpoint(delivery.endpoint),
      });
      made.set(widget, { ...fresh, change });
      return fresh.source;
    },
    statuses: () =>
      [...made.values()].map(({ status }) => status()).sort((a, b) => (a.widget < b.widget ? -1 : 1)),
    forget(widget) {
      made.get(widget)?.close();
      made.delete(widget);
      metrics.forgetSource(widget);
    },
    forgetUser(user) {
      erased += 1;
      for (const key of [...cache.keys()]) if (isOfUser(key, user)) cache.delete(key);
    },
    async close() {
      stopRotation();
      for (const { close } of made.values()) close();
      await pools.close();
    },
  };
}

/** What is kept beside the bytes of the items is about as large again. */
const bytesOf = ({ answer }: CachedAnswer): number =>
  1_000 + (answer?.status === 'entered' ? 2 * answer.content.fragments.bytes : 0);

import type { Ranker } from '@widget-mediator/contracts';
import { connectionsPerOrigin, createPools } from '../delivery/pools.ts';
import { absent } from '../delivery/source.ts';
import { createBreakerRotation, defaultBreakerOptions, withBreaker } from '../delivery/withBreaker.ts';
import { withBulkhead } from '../delivery/withBulkhead.ts';
import { withDeadline } from '../delivery/withDeadline.ts';
import { createHttpRanker, type RankerSource } from './httpRanker.ts';

/** The rankers of the layouts, made when they are first asked. */
export interface Rankers {
  of(ranker: Ranker): RankerSource;
  close(): Promise<void>;
}

interface Made {
  readonly source: RankerSource;
  readonly close: () => void;
}

/** Far more than a score for each of a thousand widgets. */
const maxAnswerBytes = 256 * 1024;

export function createRankers(allowsEndpoint: (endpoint: string) => boolean): Rankers {
  const made = new Map<string, Made>();
  // Connections of their own: no source can use up what pages are ranked by, nor the other way round.
  const pools = createPools();
  const { rotation, stop: stopRotation } = createBreakerRotation();

  return {
    of(ranker) {
      const name = `${ranker.latencyMs} ${ranker.endpoint}`;
      const known = made.get(name);
      if (known !== undefined) return known.source;
      const fresh = createRanker(ranker);
      made.set(name, fresh);
      return fresh.source;
    },
    async close() {
      stopRotation();
      for (const { close } of made.values()) close();
      await pools.close();
    },
  };

  /** The whole of what stands between a page and a ranker, from the inside out. */
  function createRanker({ endpoint, latencyMs }: Ranker): Made {
    const url = new URL(endpoint);
    const http: RankerSource = allowsEndpoint(endpoint)
      ? createHttpRanker({ url, dispatcher: pools.of(url), latencyMs, maxBytes: maxAnswerBytes })
      : async () => absent('endpoint-not-allowed');
    const bounded = withDeadline(http, latencyMs);
    const breaker = withBreaker(bounded, {
      isUseless: () => false,
      rotation,
      policy: { enforced: true, onBreach: () => {} },
      ...defaultBreakerOptions,
    });
    // A call that would have to wait for a connection comes too late anyway.
    const source = withBulkhead(breaker.source, connectionsPerOrigin);
    return { source, close: breaker.close };
  }
}

import { type Dispatcher, Pool } from 'undici';

/** The connections of one process to those it asks, by origin; opened when first needed. */
export interface Pools {
  of(endpoint: URL): Dispatcher;
  close(): Promise<void>;
}

/** So many connections to one origin; more calls than that wait for one. */
export const connectionsPerOrigin = 64;
const connectTimeoutMs = 1_000;

export function createPools(): Pools {
  const pools = new Map<string, Pool>();
  return {
    of({ origin }) {
      const known = pools.get(origin);
      if (known !== undefined) return known;
      const pool = new Pool(origin, {
        connections: connectionsPerOrigin,
        connect: { timeout: connectTimeoutMs },
        // The deadline covers headers and body together; undici's own two timers would only cost.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      pools.set(origin, pool);
      return pool;
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

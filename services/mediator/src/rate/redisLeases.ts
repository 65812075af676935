import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Quota } from './quota.ts';

/** Tokens of the running window that are the asker's alone. */
export interface Lease {
  /** At most as many as were wanted. */
  readonly granted: number;
  /** What is left for everybody in this window. */
  readonly remaining: number;
  /** Until the window ends, and with it the lease. */
  readonly endsInMs: number;
}

/** Asks for tokens of a quota that is shared under `key`. Rejects when Redis cannot say. */
export type AskLease = (key: string, quota: Quota, wanted: number) => Promise<Lease>;

/** Leases that are counted in Redis: one key for each budget, which ends with its window, and one command a lease. */
export function createRedisLeases(redis: Redis): AskLease {
  // What the quota is, and what is left of it, differs by budget and is worked out here.
  const counter = new RateLimiterRedis({
    storeClient: redis,
    rejectIfRedisNotReady: true,
    keyPrefix: '',
    points: 1,
    duration: 1,
  });
  return async (key, { tokens, windowSeconds }, wanted) => {
    // A penalty counts and never rejects, so that what is left of a window can be granted in part.
    const { consumedPoints, msBeforeNext } = await counter.penalty(key, wanted, {
      customDuration: windowSeconds,
    });
    const free = Math.max(0, tokens - (consumedPoints - wanted));
    return {
      granted: Math.min(wanted, free),
      remaining: Math.max(0, tokens - consumedPoints),
      endsInMs: Math.max(0, msBeforeNext),
    };
  };
}

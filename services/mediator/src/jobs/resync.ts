import type { Redis } from 'ioredis';
import type { Change } from '../store/change.ts';
import type { RedisKeys } from '../store/redisKeys.ts';
import type { TakedownStore } from '../store/takedownStore.ts';

/** Removes takedowns that are over, and has every mediator compare itself with the store. */
export type Resync = () => Promise<{ takedowns: number }>;

export interface ResyncParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly takedowns: Pick<TakedownStore, 'removeEnded'>;
  readonly now: () => number;
}

export function createResync({ redis, keys, takedowns, now }: ResyncParts): Resync {
  return async () => {
    const removed = await takedowns.removeEnded(now());
    const change: Change = { kind: 'resync' };
    await redis.publish(keys.changes, JSON.stringify(change));
    return { takedowns: removed };
  };
}

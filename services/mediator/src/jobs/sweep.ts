import type { Redis } from 'ioredis';
import type { Change } from '../store/change.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { RedisKeys } from '../store/redisKeys.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import type { TakedownStore } from '../store/takedownStore.ts';
import { widgetKey } from '../store/widgetKey.ts';
import type { ExpireContent } from './expireContent.ts';

/** Removes takedowns that are over and expired content that no job removed, then has every mediator compare itself with the store. */
export type Sweep = () => Promise<{ expired: number; takedowns: number }>;

export interface SweepParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly takedowns: Pick<TakedownStore, 'removeEnded'>;
  readonly expire: ExpireContent;
  readonly now: () => number;
}

export function createSweep(parts: SweepParts): Sweep {
  const { redis, keys, registrations, publications, expire, now } = parts;
  return async () => {
    const takedowns = await parts.takedowns.removeEnded(now());
    let expired = 0;
    const registered = new Map(
      [...(await registrations.readAll()).values()].map((one) => [widgetKey(one), one]),
    );
    for (const [key, stamped] of await publications.stamps([...registered.keys()])) {
      for (const { audience, stamp, live } of stamped) {
        if (live && (await expire({ key, audience, stamp }, registered.get(key)))) expired += 1;
      }
    }
    const change: Change = { kind: 'resync' };
    await redis.publish(keys.changes, JSON.stringify(change));
    return { expired, takedowns };
  };
}

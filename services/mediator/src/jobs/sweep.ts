import type { Registration } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import type { Change } from '../store/change.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { RedisKeys } from '../store/redisKeys.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import { readStamp, type Stamp } from '../store/stamp.ts';
import type { TakedownStore } from '../store/takedownStore.ts';
import { widgetKey } from '../store/widgetKey.ts';
import type { ExpireContent } from './expireContent.ts';

/**
 * Whether the manifest says that content has had its time, by its stamp alone: else every sweep would read all there is. What
 * ends sooner, by its own `expiresAt`, is off pages by then and the work of its job.
 */
function mayBeOver(registration: Registration | undefined, stamp: Stamp, nowMs: number): boolean {
  if (registration === undefined) return true;
  const { ttlMs, staleForMs } = registration.manifest.spec.delivery;
  return readStamp(stamp).admittedAtMs + ttlMs + staleForMs <= nowMs;
}

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
      const registration = registered.get(key);
      for (const { audience, stamp, live } of stamped) {
        if (!live || !mayBeOver(registration, stamp, now())) continue;
        if (await expire({ key, audience, stamp }, registration)) expired += 1;
      }
    }
    const change: Change = { kind: 'resync' };
    await redis.publish(keys.changes, JSON.stringify(change));
    return { expired, takedowns };
  };
}

import type { Redis } from 'ioredis';
import { lifetimeOf } from '../intake/content.ts';
import type { Change } from '../store/change.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { RedisKeys } from '../store/redisKeys.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import type { TakedownStore } from '../store/takedownStore.ts';
import { widgetKey } from '../store/widgetKey.ts';

/** Removes takedowns that are over and expired content that no job removed, then has every mediator compare itself with the store. */
export type Sweep = () => Promise<{ expired: number; takedowns: number }>;

export interface SweepParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly takedowns: Pick<TakedownStore, 'removeEnded'>;
  readonly now: () => number;
}

export function createSweep(parts: SweepParts): Sweep {
  const { redis, keys, registrations, publications, now } = parts;
  return async () => {
    const takedowns = await parts.takedowns.removeEnded(now());
    let expired = 0;
    const registered = await registrations.readAll();
    const manifestOf = new Map([...registered.values()].map((one) => [widgetKey(one), one.manifest]));
    for (const [widget, stamped] of await publications.stamps([...manifestOf.keys()])) {
      const manifest = manifestOf.get(widget);
      for (const { audience, stamp, live } of stamped) {
        if (!live) continue;
        const stored = await publications.read(widget, audience);
        if (manifest === undefined || stored === undefined) continue;
        const { staleUntilMs } = lifetimeOf(manifest, stored.publication, stored.admittedAtMs);
        if (staleUntilMs <= now() && (await publications.expire(widget, audience, stamp))) expired += 1;
      }
    }
    const change: Change = { kind: 'resync' };
    await redis.publish(keys.changes, JSON.stringify(change));
    return { expired, takedowns };
  };
}

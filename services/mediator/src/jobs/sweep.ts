import type { Registration } from '@widget-mediator/contracts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import { readStamp, type Stamp } from '../store/stamp.ts';
import { widgetKey } from '../store/widgetKey.ts';
import type { ExpireContent } from './expireContent.ts';

/**
 * Whether the manifest says that content has had its time, by its stamp alone: else every sweep would read all there is. What
 * ends sooner, by its own `expiresAt`, is off pages by then.
 */
function mayBeOver({ manifest }: Registration, stamp: Stamp, nowMs: number): boolean {
  const { ttlMs, staleForMs } = manifest.spec.delivery;
  return readStamp(stamp).admittedAtMs + ttlMs + staleForMs <= nowMs;
}

/** Looks at all there is for content that is over and whose end was not noted. Resolves to how much it removed. */
export type Sweep = () => Promise<number>;

export interface SweepParts {
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly expire: ExpireContent;
  readonly now: () => number;
}

export function createSweep({ registrations, publications, expire, now }: SweepParts): Sweep {
  return async () => {
    let swept = 0;
    const registered = new Map(
      [...(await registrations.readAll()).values()].map((one) => [widgetKey(one), one]),
    );
    for (const [widget, stamped] of await publications.stamps([...registered.keys()])) {
      const registration = registered.get(widget);
      if (registration === undefined) continue;
      for (const { audience, stamp, live } of stamped) {
        if (!live || !mayBeOver(registration, stamp, now())) continue;
        if ((await expire({ widget, audience }, registration)) === 'removed') swept += 1;
      }
    }
    return swept;
  };
}

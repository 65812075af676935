import type { Audience, Registration } from '@widget-mediator/contracts';
import { lifetimeOf } from '../intake/content.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import { type Stamp, stampOf } from '../store/stamp.ts';
import { type WidgetKey, widgetKey } from '../store/widgetKey.ts';

/** One publication in the store, as it was when its end was foreseen. */
export interface Expiring {
  readonly key: WidgetKey;
  readonly audience: Audience;
  readonly stamp: Stamp;
}

/** Removes content whose time is over, if it is still the same. Resolves to whether it did. */
export type ExpireContent = (expiring: Expiring, registration: Registration | undefined) => Promise<boolean>;

/** Its time is what the manifest says now, which may be more than when the content was admitted. */
export function createExpireContent(publications: PublicationStore, now: () => number): ExpireContent {
  return async ({ key, audience, stamp }, registration) => {
    const stored = await publications.read(key, audience);
    if (stored === undefined || stampOf(stored) !== stamp) return false;
    if (registration !== undefined && widgetKey(registration) === key) {
      const { manifest } = registration;
      const { staleUntilMs } = lifetimeOf(manifest, stored.publication, stored.admittedAtMs);
      if (staleUntilMs > now()) return false;
    }
    return publications.expire(key, audience, stamp);
  };
}

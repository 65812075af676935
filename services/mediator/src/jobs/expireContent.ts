import type { Audience, Registration } from '@widget-mediator/contracts';
import { lifetimeOf } from '../intake/content.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import { stampOfStored } from '../store/storedPublication.ts';
import { type WidgetKey, widgetKey } from '../store/widgetKey.ts';

/** Where something may be over. */
export interface Ended {
  readonly widget: WidgetKey;
  readonly audience: Audience;
}

/**
 * Removes content whose time is over. `atMs`: when it will be, if it is not, which is when to look again; `none`: there is
 * nothing to remove.
 */
export type ExpireContent = (
  ended: Ended,
  registration: Registration | undefined,
) => Promise<'removed' | 'none' | { readonly atMs: number }>;

/** Between looks at what was replaced just when it was to be removed. */
const againMs = 1_000;

/** Its time is what the manifest says now, which may be more than when the content was admitted. */
export function createExpireContent(publications: PublicationStore, now: () => number): ExpireContent {
  return async ({ widget, audience }, registration) => {
    const stored = await publications.read(widget, audience);
    if (stored === undefined) return 'none';
    if (registration !== undefined && widgetKey(registration) === widget) {
      const { manifest } = registration;
      const { staleUntilMs } = lifetimeOf(manifest, stored.publication, stored.admittedAtMs);
      if (staleUntilMs > now()) return { atMs: staleUntilMs };
    }
    const isRemoved = await publications.expire(widget, audience, stampOfStored(stored));
    return isRemoved ? 'removed' : { atMs: now() + againMs };
  };
}

import {
  type Above,
  anybody,
  itemHash,
  pinsInForce,
  type TakenDownItems,
  type ViewerContext,
} from '@widget-mediator/composition';
import type { HomepageRequest, Layout } from '@widget-mediator/contracts';
import type { ShownAbove } from './cursor.ts';

/** When a page is made, below what, and without what. */
export interface Moment {
  readonly nowMs: number;
  readonly above: Above | undefined;
  readonly takenDown: TakenDownItems | undefined;
}

/** Whom a page is for, as composition sees it. */
export function viewerContext(request: HomepageRequest, layout: Layout, moment: Moment): ViewerContext {
  const { segments, dismissed, seen, lastPage } = request;
  const { nowMs, above, takenDown } = moment;
  return {
    ...anybody,
    personal: request.user !== undefined,
    segments,
    pins: pinsInForce(layout, { segments, nowMs }),
    dismissed,
    seen,
    lastPage,
    ...(takenDown !== undefined && { takenDown }),
    ...(above !== undefined && { above }),
  };
}

/** What a cursor says was shown above, with the names of those of the widgets that were among it. */
export function aboveOf({ placements, hashes }: ShownAbove, widgets: readonly string[]): Above {
  return {
    placements,
    widgets: widgets.filter((widget) => hashes.has(itemHash(widget))),
    items: hashes,
  };
}

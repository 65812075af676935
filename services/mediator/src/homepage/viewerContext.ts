import { anybody, pinsInForce, type ViewerContext } from '@widget-mediator/composition';
import type { HomepageRequest, Layout } from '@widget-mediator/contracts';

/** Whom a page is for, as composition sees it. */
export function viewerContext(request: HomepageRequest, layout: Layout, nowMs: number): ViewerContext {
  const { segments, dismissed, seen, lastPage } = request;
  return {
    ...anybody,
    personal: request.user !== undefined,
    segments,
    pins: pinsInForce(layout, { segments, nowMs }),
    dismissed,
    seen,
    lastPage,
  };
}

import type { Candidate } from '@widget-mediator/composition';
import type { HomepageRequest, RankerRequest } from '@widget-mediator/contracts';

/** A ranker judges widgets by the head of their lists. */
const itemsTold = 20;

/** What a ranker is told of a page: its viewer, and its candidates in their order. */
export function rankerRequestFor(request: HomepageRequest, candidates: readonly Candidate[]): RankerRequest {
  const { device, locale, segments, user } = request;
  return {
    device,
    locale,
    segments,
    personal: user !== undefined,
    ...(user !== undefined && { user }),
    widgets: candidates.map(({ widget, team, provenance, items }) => ({
      widget,
      team,
      provenance,
      items: items.slice(0, itemsTold).map(({ id }) => id),
    })),
  };
}

import {
  canCloseEarly,
  compose,
  type Outstanding,
  placementsOnPage,
  settledPlacements,
} from '@widget-mediator/composition';
import type { Registration } from '@widget-mediator/contracts';
import type { Progress } from '../delivery/collect.ts';
import { rankerOf } from '../ranking/rankerBudget.ts';
import { contentsOf, inputOf, type OpenPage } from './openPage.ts';
import type { PageLines } from './pageLines.ts';

/**
 * Watches a page while it waits: hands what is settled to its stream, if it has one, and says when nothing that is
 * outstanding can change it. Undefined for pages of which that cannot be told before all has come.
 */
export function settling(
  page: OpenPage,
  lines: PageLines | undefined,
): ((progress: Progress) => boolean) | undefined {
  const { layout, context } = page;
  if (lines === undefined && !canCloseEarly(layout, context)) return undefined;
  const above = context.above?.placements ?? 0;
  const all = placementsOnPage(layout, above).length;
  const ranking = rankerOf(layout) !== undefined;

  return ({ collected, outstanding }) => {
    const input = inputOf(page, collected);
    // To know that some are settled is of use to who hands them out; to the others only that all are.
    const known = lines === undefined ? all - 1 : Math.max(0, lines.lastPosition() - above);
    const settled = settledPlacements(input, {
      outstanding: Array.from(outstanding, asRegistered),
      ranking,
      beyond: known,
    });
    if (settled <= known) return false;
    lines?.settle(compose(input).placed, {
      upTo: above + settled,
      contentOf: contentsOf(page, collected),
    });
    return settled === all;
  };
}

/** Made once a registration, since pages ask again and again. */
const registered = new WeakMap<Registration, Outstanding>();

function asRegistered(registration: Registration): Outstanding {
  const known = registered.get(registration);
  if (known !== undefined) return known;
  const { metadata, spec } = registration.manifest;
  const { placements, minItems, maxItems } = spec;
  const made = { widget: metadata.id, placements, minItems, maxItems };
  registered.set(registration, made);
  return made;
}

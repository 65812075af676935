import { canCloseEarly, compose, placementsOnPage, settledPlacements } from '@widget-mediator/composition';
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
    const settled = settledPlacements(input, { outstanding: outstanding.map(asRegistered), ranking });
    if (lines !== undefined && settled > 0 && above + settled > lines.lastPosition()) {
      lines.settle(compose(input).placed, {
        upTo: above + settled,
        contentOf: contentsOf(page, collected),
      });
    }
    return settled === all;
  };
}

function asRegistered({ manifest }: Registration) {
  const { placements, minItems, maxItems } = manifest.spec;
  return { widget: manifest.metadata.id, placements, minItems, maxItems };
}

import { type Allocation, isOpen, place } from '../allocation.ts';
import { canTake, shownAtMost } from '../eligibility.ts';
import { createOrder } from '../score.ts';
import { createProspects, type Prospects } from './prospects.ts';

/**
 * Fills empty placements in page order, each with the foremost candidate that can be shown there on unclaimed items.
 * Lazily: only candidates from which something was claimed are looked at again, and of those only such as are not
 * outranked whatever they are worth. The page is the one that looking at all, each time, would make.
 * (The lazy greedy of Minoux, 1978, takes the worth last seen for a bound. Here it is none: when an item of little
 * value is claimed, better ones move up to its column, and worth rises.)
 */
export function fillGreedily(allocation: Allocation): void {
  const { layout } = allocation.input;
  const prospects = createProspects(allocation);
  for (let placement = 0; placement < layout.placements.length; placement++) {
    if (allocation.placings[placement]) continue;
    const foremost = foremostFor(allocation, placement, prospects);
    if (foremost === undefined) continue;
    place(allocation, foremost, placement);
    prospects.markStale(foremost, allocation.placings[placement]?.shown ?? []);
  }
}

function foremostFor(
  allocation: Allocation,
  placementIndex: number,
  prospects: Prospects,
): number | undefined {
  const { candidates, layout } = allocation.input;
  const placement = layout.placements[placementIndex];
  const worths = candidates.map(() => Number.POSITIVE_INFINITY);
  const isAhead = createOrder(allocation, worths);
  let foremost: number | undefined;
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    if (!candidate || !placement || !isOpen(allocation, index) || !canTake(candidate, placement)) continue;
    if (foremost !== undefined && prospects.isStale(index) && !isAhead(index, foremost)) continue;
    const showable = prospects.showable(index);
    if (showable < candidate.minItems) continue;
    const columns = Math.min(showable, shownAtMost(candidate, placement));
    worths[index] = prospects.worth(index, columns, placementIndex + 1);
    if (foremost === undefined || isAhead(index, foremost)) foremost = index;
  }
  return foremost;
}

import { type Allocation, canPlace, place } from '../allocation.ts';

/**
 * Gives pinned widgets their placements, in page order, before anybody else claims anything. A pin whose widget is
 * absent, cannot be shown there or has a placement already is not honoured; the placement is filled like any other.
 */
export function honourPins(allocation: Allocation): void {
  const { candidates, context } = allocation.input;
  for (const [placementIndex, pin] of context.pins.entries()) {
    if (pin === undefined) continue;
    const index = candidates.findIndex(({ widget }) => widget === pin);
    if (canPlace(allocation, index, placementIndex)) place(allocation, index, placementIndex);
  }
}

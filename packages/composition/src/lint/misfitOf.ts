import type { Layout, ProblemError } from '@widget-mediator/contracts';
import type { ScopedPin } from './scopedPins.ts';

/** What a pinned widget says of where it can stand: the kinds it takes, and how few items it is shown with. */
interface Fit {
  readonly placements: readonly string[];
  readonly minItems: number;
}

/** Why a pinned widget can never be shown where it is pinned; nothing for a widget that is not known. */
export function misfitOf(pin: ScopedPin, widget: Fit | undefined, { placements }: Layout): ProblemError[] {
  const placement = placements[pin.placement];
  if (widget === undefined || placement === undefined) return [];
  const pointer = `${pin.pointer}/widget`;
  if (!widget.placements.includes(placement.kind)) {
    const detail = `${pin.widget} does not take placements of the kind ${placement.kind}: pin another, or elsewhere`;
    return [{ pointer, detail }];
  }
  if (placement.maxItems !== undefined && placement.maxItems < widget.minItems) {
    const detail = `${pin.widget} is not shown with fewer than ${widget.minItems} items, and the placement shows ${placement.maxItems}: raise its maxItems, or pin another`;
    return [{ pointer, detail }];
  }
  return [];
}

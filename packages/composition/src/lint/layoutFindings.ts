import type { Layout, ProblemError } from '@widget-mediator/contracts';
import { contestedPins } from './contestedPins.ts';
import { crowdedPins } from './crowdedPins.ts';
import { emptyPlacements } from './emptyPlacements.ts';
import { emptyTimes } from './emptyTimes.ts';
import { misfitOf } from './misfitOf.ts';
import { repetitions } from './repetitions.ts';
import { scopedPins } from './scopedPins.ts';
import { starvedLists } from './starvedLists.ts';
import { strayRanker } from './strayRanker.ts';
import { unmetMinima } from './unmetMinima.ts';

/**
 * What is wrong with a layout beyond its schema, every finding at once, as JSON Pointers (RFC 6901), each with what to
 * do. It looks at the layout alone: `registrationFindings` are about who is registered. Never throws, and takes
 * milliseconds for the largest layout.
 */
export function layoutFindings(layout: Layout): ProblemError[] {
  const pins = scopedPins(layout);
  const lists = new Map(layout.editorial.map((list) => [list.id, list]));
  return [
    ...repetitions(layout),
    ...strayRanker(layout),
    ...unmetMinima(layout),
    ...starvedLists(layout),
    ...emptyTimes(pins),
    ...pins.flatMap((pin) => misfitOf(pin, lists.get(pin.widget), layout)),
    ...contestedPins(pins),
    ...crowdedPins(layout, pins, (widget) => (lists.has(widget) ? 'editorial' : undefined)),
    ...emptyPlacements(layout, pins),
  ];
}

import { type Draft, scored } from '../draft.ts';
import type { Reader } from '../reader.ts';
import type { Contest } from '../score.ts';
import { isAllowed } from './isAllowed.ts';
import { Prospects } from './prospects.ts';

/**
 * The greedy page: pins first, in page order, before anybody else claims anything (a pin whose widget is absent, cannot
 * be shown there or has a placement already is not honoured), then each empty placement, down the page, to the foremost
 * candidate that can be shown there on unclaimed items. Only what is displayed claims. The page is the one that looking
 * at all candidates for each placement makes; {@link Prospects} looks at few.
 */
export function fillGreedily(contest: Contest, reader: Reader): Draft {
  const { placements } = contest;
  const page: Page = {
    chosen: placements.map(() => -1),
    shown: placements.map(() => nothing),
    worths: roomFor(placements.length),
  };
  reader.clear();
  for (let placement = 0; placement < placements.length; placement++) {
    const candidate = pinnedTo(contest, placement);
    if (candidate < 0 || page.chosen.includes(candidate)) continue;
    if (isAllowed(contest, { candidate, placement, chosen: page.chosen })) {
      put(reader, page, { candidate, placement });
      page.worths[placement] = contest.values.worthOf(
        candidate,
        reader.places,
        page.shown[placement]?.length ?? 0,
      );
    }
  }
  const prospects = new Prospects(contest, reader, page.chosen);
  for (let placement = 0; placement < placements.length; placement++) {
    if (page.chosen[placement] !== -1) continue;
    const candidate = prospects.foremost(placement);
    if (candidate === undefined) continue;
    put(reader, page, { candidate, placement });
    page.worths[placement] = prospects.worthOf(candidate);
  }
  return scored(contest, page);
}

/** A page that fills, as a {@link Draft} will have it. */
interface Page {
  readonly chosen: number[];
  readonly shown: (readonly number[])[];
  readonly worths: Float64Array;
}

/** By placement; shared by all pages. */
let room = new Float64Array(0);

function roomFor(placements: number): Float64Array {
  if (room.length < placements) room = new Float64Array(2 * placements);
  return room.fill(0);
}

const nothing: readonly number[] = [];

/** Displays in a placement what a candidate can show there, if that is enough. */
function put(
  reader: Reader,
  { chosen, shown }: Page,
  { candidate, placement }: { readonly candidate: number; readonly placement: number },
): void {
  const places = reader.take(candidate, placement);
  if (places === undefined) return;
  chosen[placement] = candidate;
  shown[placement] = places;
}

/** The candidate that a placement is promised to, or -1. */
function pinnedTo({ input, pins }: Contest, placement: number): number {
  const pin = pins[placement];
  return pin === undefined ? -1 : input.candidates.findIndex(({ widget }) => widget === pin);
}

import type { Cap, Layout, ProblemError } from '@widget-mediator/contracts';
import type { ScopedPin } from './scopedPins.ts';
import { situationsOf } from './situations.ts';

/**
 * Pins in force together that are more, of one team within a cap's window of one page, than the cap allows. `teamOf` a
 * widget is undefined for those that are not to be counted. A pin is named once a cap.
 */
export function crowdedPins(
  layout: Layout,
  pins: readonly ScopedPin[],
  teamOf: (widget: string) => string | undefined,
): ProblemError[] {
  const caps = layout.caps.flatMap((cap, index) => (cap.by === 'team' ? [{ cap, index }] : []));
  if (caps.length === 0 || !pins.some(({ widget }) => teamOf(widget) !== undefined)) return [];
  const found = new Map<string, ProblemError>();
  for (const inForce of situationsOf(pins, layout.placements.length)) {
    for (const { cap, index } of caps) {
      for (const { pin, team } of beyond(cap, { inForce, teamOf, pageSize: layout.pageSize })) {
        const detail = `is one more pin in force of the team ${team} than /caps/${index} allows within ${cap.window} placements: raise the cap, or remove a pin`;
        found.set(`${pin.pointer} ${index}`, { pointer: pin.pointer, detail });
      }
    }
  }
  return [...found.values()];
}

interface PinnedPage {
  readonly inForce: readonly (ScopedPin | undefined)[];
  readonly teamOf: (widget: string) => string | undefined;
  readonly pageSize: number | undefined;
}

function beyond(cap: Cap, { inForce, teamOf, pageSize = inForce.length }: PinnedPage) {
  const placesOf = new Map<string, number[]>();
  return inForce.flatMap((pin, place) => {
    const team = pin && teamOf(pin.widget);
    if (pin === undefined || team === undefined) return [];
    const places = placesOf.get(team) ?? [];
    placesOf.set(team, places);
    const first = Math.max(place - cap.window + 1, place - (place % pageSize));
    const isBeyond = (places.at(-cap.max) ?? -1) >= first;
    places.push(place);
    return isBeyond ? [{ pin, team }] : [];
  });
}

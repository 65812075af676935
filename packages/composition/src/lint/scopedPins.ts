import type { Layout } from '@widget-mediator/contracts';

/**
 * A pin, for whom and when: `segments` undefined is everyone; it is in force from `fromMs` until before `untilMs`,
 * milliseconds since the epoch or infinite. `placement` is the index of its placement.
 */
export interface ScopedPin {
  readonly pointer: string;
  readonly placement: number;
  readonly widget: string;
  readonly segments: ReadonlySet<string> | undefined;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** All pins of a layout, in its order. */
export function scopedPins({ placements }: Layout): ScopedPin[] {
  return placements.flatMap(({ pins = [] }, placement) =>
    pins.map(({ widget, segments, from, until }, index) => ({
      pointer: `/placements/${placement}/pins/${index}`,
      placement,
      widget,
      segments: segments && new Set(segments),
      fromMs: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
      untilMs: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
    })),
  );
}

/** Whether there is a moment at which the pin is in force. */
export const isEverInForce = ({ fromMs, untilMs }: ScopedPin): boolean => fromMs < untilMs;

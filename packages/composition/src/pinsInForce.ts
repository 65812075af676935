import type { Layout, Pin } from '@widget-mediator/contracts';

/**
 * The widget promised to each placement, by placement: of its pins, the first that is for one of the segments (or for
 * everyone) and whose time it is. `nowMs` is milliseconds since the epoch.
 */
export function pinsInForce(
  layout: Layout,
  { segments, nowMs }: { readonly segments: readonly string[]; readonly nowMs: number },
): (string | undefined)[] {
  const isInForce = (pin: Pin) =>
    (pin.segments === undefined || pin.segments.some((segment) => segments.includes(segment))) &&
    (pin.from === undefined || nowMs >= Date.parse(pin.from)) &&
    (pin.until === undefined || nowMs < Date.parse(pin.until));
  return layout.placements.map(({ pins }) => pins?.find(isInForce)?.widget);
}

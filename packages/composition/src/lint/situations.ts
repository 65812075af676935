import { isEverInForce, type ScopedPin } from './scopedPins.ts';

/** So many viewers and moments at most are looked at. Layouts have tens; a bound keeps thousands from taking seconds. */
const mostSituations = 256;

/**
 * The pins that are in force together, by placement: before all of them and at each moment at which one begins or ends,
 * for a viewer in no segment and for one in each segment. What was there before is not repeated. Viewers in several
 * segments are left out, as `contestedPins` leaves them out.
 */
export function* situationsOf(
  pins: readonly ScopedPin[],
  placements: number,
): Generator<readonly (ScopedPin | undefined)[]> {
  const seen = new Set<string>();
  let looked = 0;
  for (const nowMs of momentsOf(pins)) {
    const current = pins.filter(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs);
    const segments = new Set([undefined, ...current.flatMap((pin) => [...(pin.segments ?? [])])]);
    for (const segment of segments) {
      if (looked++ === mostSituations) return;
      const inForce = firstOfEach(placements, current, segment);
      const key = inForce.map((pin) => pin?.pointer).join();
      if (seen.has(key)) continue;
      seen.add(key);
      yield inForce;
    }
  }
}

function momentsOf(pins: readonly ScopedPin[]): number[] {
  const changes = pins.filter(isEverInForce).flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]);
  const moments = new Set([Number.NEGATIVE_INFINITY, ...changes]);
  moments.delete(Number.POSITIVE_INFINITY);
  return [...moments].sort((a, b) => a - b);
}

function firstOfEach(
  placements: number,
  current: readonly ScopedPin[],
  segment: string | undefined,
): (ScopedPin | undefined)[] {
  const first = new Array<ScopedPin | undefined>(placements).fill(undefined);
  for (const pin of current) {
    const isFor = pin.segments === undefined || (segment !== undefined && pin.segments.has(segment));
    if (isFor) first[pin.placement] ??= pin;
  }
  return first;
}

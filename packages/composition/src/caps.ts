import type { Cap, ItemVerdictCode } from '@widget-mediator/contracts';
import type { Contest } from './score.ts';

type ItemCap = Cap & { readonly by: 'brand' | 'creator' };

const isItemCap = (cap: Cap): cap is ItemCap => cap.by !== 'team';

/** Counts, by placement, of what the page displays of each brand and creator. */
export interface ItemCaps {
  clear(): void;
  count(candidate: number, placement: number, places: Int32Array): void;
  /** Keeps, of the first `free` entries of `places`, at most `limit` that no cap forbids; returns how many. */
  keepAllowed(reading: {
    readonly candidate: number;
    readonly placement: number;
    readonly places: Int32Array;
    readonly free: number;
    readonly limit: number;
  }): number;
  /** The verdict on one more item of a candidate in a placement, or undefined when it is within all caps. */
  verdictOn(candidate: number, placement: number, place: number): ItemVerdictCode | undefined;
}

/** The layout's caps on brands and creators; undefined when it has none. */
export function itemCapsOf({ input, placements }: Contest): ItemCaps | undefined {
  const caps = input.layout.caps.filter(isItemCap);
  if (caps.length === 0) return undefined;
  const counts = caps.map(() => new Map<string, Int32Array>());
  const groupOf = (cap: ItemCap, candidate: number, place: number) =>
    input.candidates[candidate]?.items[place]?.[cap.by];

  function add(candidate: number, placement: number, place: number, change: number): void {
    for (const [index, cap] of caps.entries()) {
      const value = groupOf(cap, candidate, place);
      if (value === undefined) continue;
      const column = counts[index]?.get(value) ?? new Int32Array(placements.length);
      counts[index]?.set(value, column);
      column[placement] = (column[placement] ?? 0) + change;
    }
  }

  function verdictOn(candidate: number, placement: number, place: number): ItemVerdictCode | undefined {
    for (const [index, cap] of caps.entries()) {
      const value = groupOf(cap, candidate, place);
      const column = value === undefined ? undefined : counts[index]?.get(value);
      if (column !== undefined && mostInWindow(column, placement, cap.window) >= cap.max)
        return `${cap.by}-capped`;
    }
    return undefined;
  }

  return {
    clear() {
      for (const column of counts) column.clear();
    },
    count(candidate, placement, places) {
      for (const place of places) add(candidate, placement, place, 1);
    },
    keepAllowed({ candidate, placement, places, free, limit }) {
      let kept = 0;
      for (let at = 0; at < free && kept < limit; at++) {
        const place = places[at] ?? 0;
        if (verdictOn(candidate, placement, place) !== undefined) continue;
        add(candidate, placement, place, 1);
        places[kept++] = place;
      }
      for (let at = 0; at < kept; at++) add(candidate, placement, places[at] ?? 0, -1);
      return kept;
    },
    verdictOn,
  };
}

/** The largest sum over `window` entries that follow one another and have the given one among them. */
export function mostInWindow(column: ArrayLike<number>, at: number, window: number): number {
  let most = 0;
  const first = Math.max(0, at - window + 1);
  for (let from = first; from <= at; from++) {
    let sum = 0;
    for (let index = from; index < Math.min(column.length, from + window); index++) sum += column[index] ?? 0;
    most = Math.max(most, sum);
  }
  return most;
}

/**
 * Whether a candidate's team may have one more placement: within every window around it, it would have at most as many
 * as the layout's caps on teams allow.
 */
export function isWithinTeamCaps(
  { input, placements }: Contest,
  {
    candidate,
    placement,
    chosen,
  }: { readonly candidate: number; readonly placement: number; readonly chosen: ArrayLike<number> },
): boolean {
  if (input.layout.caps.length === 0) return true;
  const team = input.candidates[candidate]?.team;
  return input.layout.caps.every((cap) => {
    if (cap.by !== 'team') return true;
    const column = placements.map((_, index) =>
      index !== placement && input.candidates[chosen[index] ?? -1]?.team === team ? 1 : 0,
    );
    return mostInWindow(column, placement, cap.window) < cap.max;
  });
}

import { type ItemCaps, itemCapsOf } from './caps.ts';
import { type Claims, createClaims } from './claims.ts';
import { limitOf } from './limitOf.ts';
import type { Contest } from './score.ts';

/** Looks at, and takes, what candidates can display beside what was taken before; both by index. */
export interface Reader {
  readonly claims: Claims;
  /** Puts everything back. */
  clear(): void;
  /**
   * How many items a candidate could display in a placement, at most `limit`; their places are the first entries of
   * `places`, until the next look.
   */
  look(candidate: number, placement: number, limit?: number): number;
  readonly places: Int32Array;
  /** Displays what a look finds, and claims it; undefined, and nothing is claimed, when that is too small. */
  take(candidate: number, placement: number): readonly number[] | undefined;
  /** Claims what a page displays already. */
  hold(candidate: number, placement: number, places: readonly number[]): void;
}

export function createReader(contest: Contest): Reader {
  const { candidates } = contest.input;
  const { longest } = contest.keys;
  const places = roomFor(longest);
  const claims = createClaims(contest);
  const caps: ItemCaps | undefined = itemCapsOf(contest);

  function look(
    candidate: number,
    placement: number,
    limit = limitOf(contest, candidate, placement),
  ): number {
    if (caps === undefined) return claims.read(candidate, limit, places);
    const free = claims.read(candidate, longest, places);
    return caps.keepAllowed({ candidate, placement, places, free, limit });
  }

  function hold(candidate: number, placement: number, taken: readonly number[]): void {
    claims.claim(candidate, taken);
    caps?.count(candidate, placement, taken);
  }

  return {
    claims,
    places,
    clear() {
      claims.clear();
      caps?.clear();
    },
    look,
    hold,
    take(candidate, placement) {
      const count = look(candidate, placement);
      if (count < (candidates[candidate]?.minItems ?? 1)) return undefined;
      const taken = firstOf(places, count);
      hold(candidate, placement, taken);
      return taken;
    },
  };
}

/** Shared by all readers, of which one looks at a time: see `score.ts`. */
let room = new Int32Array(0);

function roomFor(places: number): Int32Array {
  if (room.length < places) room = new Int32Array(2 * places);
  return room;
}

/**
 * A copy of the first places, as a plain array: small typed arrays are made outside the heap, which takes longer than
 * reading a row of the page.
 */
export function firstOf(places: Int32Array, count: number): number[] {
  const first = new Array<number>(count);
  for (let at = 0; at < count; at++) first[at] = places[at] ?? 0;
  return first;
}

import { type ItemCaps, itemCapsOf } from './caps.ts';
import { type Claims, createClaims } from './claims.ts';
import { limitOf } from './limitOf.ts';
import { createPlacesRoom } from './places.ts';
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
  /** What that would be worth before the placement's weight; -1 when it is fewer than the candidate's minimum. */
  worthOf(candidate: number, placement: number, limit: number): number;
  /** Displays what a look finds, and claims it; undefined, and nothing is claimed, when that is too small. */
  take(candidate: number, placement: number): readonly number[] | undefined;
  /** Claims what a page displays already. */
  hold(candidate: number, placement: number, places: readonly number[]): void;
}

/** Nothing taken yet. Only the reader that was made last may be used. */
export const createReader = (contest: Contest): Reader => new PageReader(contest);

class PageReader implements Reader {
  readonly claims: Claims;
  readonly places: Int32Array;
  readonly #contest: Contest;
  readonly #caps: ItemCaps | undefined;

  constructor(contest: Contest) {
    this.#contest = contest;
    this.claims = createClaims(contest);
    this.places = roomFor(contest.keys.longest);
    this.#caps = itemCapsOf(contest);
  }

  clear(): void {
    this.claims.clear();
    this.#caps?.clear();
  }

  look(candidate: number, placement: number, limit = limitOf(this.#contest, candidate, placement)): number {
    const { places } = this;
    if (this.#caps === undefined) return this.claims.read(candidate, limit, places);
    const free = this.claims.read(candidate, this.#contest.keys.longest, places);
    return this.#caps.keepAllowed({ candidate, placement, places, free, limit });
  }

  worthOf(candidate: number, placement: number, limit: number): number {
    const { values, input } = this.#contest;
    const claims = this.#caps === undefined ? this.claims.plainly(candidate) : undefined;
    if (claims !== undefined) return values.worthOfFree(candidate, claims, limit);
    const count = this.look(candidate, placement, limit);
    const isLarge = count >= (input.candidates[candidate]?.minItems ?? 1);
    return isLarge ? values.worthOf(candidate, this.places, count) : -1;
  }

  take(candidate: number, placement: number): readonly number[] | undefined {
    const count = this.look(candidate, placement);
    if (count < (this.#contest.input.candidates[candidate]?.minItems ?? 1)) return undefined;
    const taken = this.claims.claimFirst(candidate, this.places, count);
    this.#caps?.count(candidate, placement, taken);
    return taken;
  }

  hold(candidate: number, placement: number, places: readonly number[]): void {
    this.claims.claim(candidate, places);
    this.#caps?.count(candidate, placement, places);
  }
}

/** Shared by all readers, of which one looks at a time: see `score.ts`. */
const roomFor = createPlacesRoom();

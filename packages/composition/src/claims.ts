import type { Dedupe } from '@widget-mediator/contracts';
import type { Entry } from './admit.ts';
import type { CandidateKeys } from './keyNumbers.ts';
import { firstOf, typed } from './places.ts';

/**
 * Which keys the displayed items of the page hold. Two widgets conflict on an item when one blocks and the other
 * yields, compared under the yielder's key. So blockers claim every key of what they display, for later yielders to
 * test under their own; yielders claim their own key, for later blockers to test with every key they have. Whoever
 * is placed first keeps the item, whichever of the two it is. Candidates, and places in their lists, are by index.
 */
export interface Claims {
  /** Forgets every claim. */
  clear(): void;
  /** Records what a candidate displays. */
  claim(candidate: number, places: readonly number[]): void;
  /** The same of the first `count` places, of which it returns a copy to be kept. */
  claimFirst(candidate: number, places: Int32Array, count: number): number[];
  /** Whether an item is kept from a candidate by what is displayed, itself included. */
  isClaimed(candidate: number, place: number): boolean;
  /**
   * What a candidate could show now, up to a limit: its items in its order without those that are barred, that
   * others' display keeps from it and, if it yields, that have the key of an earlier one of its own. Writes places,
   * ascending, and returns how many.
   */
  read(candidate: number, limit: number, places: Int32Array): number;
  /** What keeps items from a candidate, where that is claims under the one kind of key and nothing else: as on most pages. */
  plainly(candidate: number): PlainClaims | undefined;
}

/** An item is claimed when what is `claimed`, by key number, is the stamp. */
export interface PlainClaims {
  readonly item: Int32Array;
  readonly claimed: Int32Array;
  readonly stamp: number;
}

/** How many of the places from one up to, not including, another are not claimed. */
export function countFree({ item, claimed, stamp }: PlainClaims, from: number, to: number): number {
  let count = 0;
  for (let place = from; place < to; place++) count += differs(claimed[item[place] ?? 0] ?? 0, stamp);
  return count;
}

/** 1 or 0, without a branch, which processors would often foresee wrongly. */
export function differs(one: number, other: number): number {
  const difference = one ^ other;
  return (difference | -difference) >>> 31;
}

/** Of nobody. */
const noStamp = -1;

/** Nothing claimed yet. Only the claims that were made last may be used. */
export const createClaims = (entry: Entry): Claims => new PageClaims(entry);

/**
 * Marks by key number, shared by all pages of the process and never cleared: a mark counts only while it equals the
 * stamp of its owner, and stamps are never used twice.
 */
const marks = { byBlockers: new Int32Array(0), byYielders: new Int32Array(0), seen: new Int32Array(0) };
let lastStamp = 0;

/** Leaves room for the readings of one page, which take stamps too, before the counter would overflow. */
const largestStamp = 2 ** 30;

function nextStamp(bound: number): number {
  if (marks.seen.length < bound || lastStamp > largestStamp) {
    const room = Math.max(2 * bound, marks.seen.length);
    marks.byBlockers = new Int32Array(room);
    marks.byYielders = new Int32Array(room);
    marks.seen = new Int32Array(room);
    lastStamp = 0;
  }
  return ++lastStamp;
}

class PageClaims implements Claims {
  readonly #entry: Entry;
  readonly #isPlain: boolean;
  #stamp = 0;
  #hasClaims = false;
  #byBlockers = marks.byBlockers;
  #byYielders = marks.byYielders;

  constructor(entry: Entry) {
    this.#entry = entry;
    this.#isPlain = entry.keys.isPlain;
    this.clear();
  }

  clear(): void {
    this.#stamp = nextStamp(this.#entry.keys.bound);
    this.#hasClaims = false;
    this.#byBlockers = marks.byBlockers;
    this.#byYielders = marks.byYielders;
  }

  claim(index: number, places: readonly number[]): void {
    const dedupe = this.#entry.input.candidates[index]?.dedupe;
    const list = this.#entry.keys.of[index];
    if (list === undefined || dedupe === undefined) return;
    const first = { places: typed(places), count: places.length, stamp: this.#stamp };
    this.#claimOtherKeys(list, dedupe, first);
    if (dedupe.blocks) mark(this.#byBlockers, list.item, first);
  }

  claimFirst(index: number, places: Int32Array, count: number): number[] {
    const dedupe = this.#entry.input.candidates[index]?.dedupe;
    const list = this.#entry.keys.of[index];
    if (list === undefined || dedupe === undefined) return firstOf(places, count);
    const first = { places, count, stamp: this.#stamp };
    this.#claimOtherKeys(list, dedupe, first);
    return dedupe.blocks ? markAndCopy(this.#byBlockers, list.item, first) : firstOf(places, count);
  }

  /** All that a candidate claims but the item keys of one that blocks. */
  #claimOtherKeys(list: CandidateKeys, { yields, blocks }: Dedupe, first: Displayed): void {
    this.#hasClaims = true;
    if (this.#isPlain) return;
    if (yields) mark(this.#byYielders, list.own, first);
    if (!blocks) return;
    mark(this.#byBlockers, list.parent, first);
    mark(this.#byBlockers, list.creator, first);
  }

  isClaimed(index: number, place: number): boolean {
    const { keys, input } = this.#entry;
    const list = keys.of[index];
    const dedupe = input.candidates[index]?.dedupe;
    if (list === undefined || dedupe === undefined) return false;
    const stamp = this.#stamp;
    if (dedupe.yields && this.#byBlockers[list.own[place] ?? 0] === stamp) return true;
    return !this.#isPlain && dedupe.blocks && this.#isHeldByYielder(list, place);
  }

  read(index: number, limit: number, places: Int32Array): number {
    const claims = this.plainly(index);
    return claims === undefined ? this.#readInFull(index, limit, places) : readPlainly(claims, limit, places);
  }

  plainly(index: number): PlainClaims | undefined {
    const { keys, input, barred } = this.#entry;
    const list = keys.of[index];
    if (!this.#isPlain || barred !== undefined || list === undefined || list.repeats) return undefined;
    const yields = this.#hasClaims && input.candidates[index]?.dedupe.yields === true;
    return { item: list.item, claimed: this.#byBlockers, stamp: yields ? this.#stamp : noStamp };
  }

  #readInFull(index: number, limit: number, places: Int32Array): number {
    const { keys, input, barred } = this.#entry;
    const list = keys.of[index];
    const dedupe = input.candidates[index]?.dedupe;
    if (list === undefined || dedupe === undefined) return 0;
    const { own } = list;
    const { yields, blocks } = dedupe;
    const { seen } = marks;
    const reading = ++lastStamp;
    const start = keys.starts[index] ?? 0;
    let length = 0;
    for (let place = 0; place < own.length && length < limit; place++) {
      if (barred !== undefined && barred[start + place] !== 0) continue;
      const key = own[place] ?? 0;
      if (yields && (this.#byBlockers[key] === this.#stamp || seen[key] === reading)) continue;
      if (blocks && this.#isHeldByYielder(list, place)) continue;
      seen[key] = reading;
      places[length++] = place;
    }
    return length;
  }

  #isHeldByYielder({ item, parent, creator }: CandidateKeys, place: number): boolean {
    const stamp = this.#stamp;
    const byYielders = this.#byYielders;
    return (
      byYielders[item[place] ?? 0] === stamp ||
      byYielders[parent[place] ?? 0] === stamp ||
      byYielders[creator[place] ?? 0] === stamp
    );
  }
}

function readPlainly({ item, claimed, stamp }: PlainClaims, limit: number, places: Int32Array): number {
  const end = item.length;
  let length = 0;
  for (let place = 0; place < end && length < limit; place++) {
    places[length] = place;
    length += differs(claimed[item[place] ?? 0] ?? 0, stamp);
  }
  return length;
}

/** The first `count` places, which are displayed by the owner of the stamp. */
interface Displayed {
  readonly places: Int32Array;
  readonly count: number;
  readonly stamp: number;
}

function mark(marked: Int32Array, keysThere: Int32Array, { places, count, stamp }: Displayed): void {
  for (let at = 0; at < count; at++) marked[keysThere[places[at] ?? 0] ?? 0] = stamp;
}

/** In one loop: two take nearly twice as long. */
function markAndCopy(
  marked: Int32Array,
  keysThere: Int32Array,
  { places, count, stamp }: Displayed,
): number[] {
  const first = new Array<number>(count);
  for (let at = 0; at < count; at++) {
    const place = places[at] ?? 0;
    first[at] = place;
    marked[keysThere[place] ?? 0] = stamp;
  }
  return first;
}

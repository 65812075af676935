import type { Entry } from './admit.ts';

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
  /** Whether an item is kept from a candidate by what is displayed, itself included. */
  isClaimed(candidate: number, place: number): boolean;
  /**
   * What a candidate could show now, up to a limit: its items in its order without those that are barred, that
   * others' display keeps from it and, if it yields, that have the key of an earlier one of its own. Writes places,
   * ascending, and returns how many.
   */
  read(candidate: number, limit: number, places: Int32Array): number;
}

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

/** Nothing claimed yet. Only the claims that were made last may be used. */
export function createClaims({ input, keys, barred }: Entry): Claims {
  const { starts, of, isPlain, bound } = keys;
  const { candidates } = input;
  let stamp = nextStamp(bound);
  let hasClaims = false;
  let { byBlockers, byYielders, seen } = marks;

  function clear(): void {
    stamp = nextStamp(bound);
    hasClaims = false;
    ({ byBlockers, byYielders, seen } = marks);
  }

  function claim(index: number, places: readonly number[]): void {
    const list = of[index];
    const dedupe = candidates[index]?.dedupe;
    if (list === undefined || dedupe === undefined) return;
    hasClaims = true;
    if (dedupe.yields && !isPlain) mark(byYielders, list.own, places);
    if (!dedupe.blocks) return;
    mark(byBlockers, list.item, places);
    if (isPlain) return;
    mark(byBlockers, list.parent, places);
    mark(byBlockers, list.creator, places);
  }

  function mark(marked: Int32Array, keysThere: Int32Array, places: readonly number[]): void {
    for (let at = 0; at < places.length; at++) marked[keysThere[places[at] ?? 0] ?? 0] = stamp;
  }

  function isClaimed(index: number, place: number): boolean {
    const list = of[index];
    const dedupe = candidates[index]?.dedupe;
    if (list === undefined || dedupe === undefined) return false;
    if (dedupe.yields && byBlockers[list.own[place] ?? 0] === stamp) return true;
    if (isPlain) return false;
    return (
      dedupe.blocks &&
      (byYielders[list.item[place] ?? 0] === stamp ||
        byYielders[list.parent[place] ?? 0] === stamp ||
        byYielders[list.creator[place] ?? 0] === stamp)
    );
  }

  function read(index: number, limit: number, places: Int32Array): number {
    const list = of[index];
    const dedupe = candidates[index]?.dedupe;
    if (list === undefined || dedupe === undefined) return 0;
    if (isPlain && !list.repeats && barred === undefined) {
      return hasClaims && dedupe.yields
        ? readPlainly(list.item, limit, places)
        : readAll(list.item, limit, places);
    }
    const { own, item, parent, creator } = list;
    const { yields, blocks } = dedupe;
    const reading = ++lastStamp;
    const start = starts[index] ?? 0;
    let length = 0;
    for (let place = 0; place < own.length && length < limit; place++) {
      if (barred !== undefined && barred[start + place] !== 0) continue;
      const key = own[place] ?? 0;
      if (yields && (byBlockers[key] === stamp || seen[key] === reading)) continue;
      if (blocks && byYielders[item[place] ?? 0] === stamp) continue;
      if (blocks && byYielders[parent[place] ?? 0] === stamp) continue;
      if (blocks && byYielders[creator[place] ?? 0] === stamp) continue;
      seen[key] = reading;
      places[length++] = place;
    }
    return length;
  }

  /** The same where there is one kind of key, and nothing is barred or repeated: most pages. */
  function readPlainly(item: Int32Array, limit: number, places: Int32Array): number {
    const claimed = byBlockers;
    let length = 0;
    for (let place = 0; place < item.length && length < limit; place++) {
      if (claimed[item[place] ?? 0] !== stamp) places[length++] = place;
    }
    return length;
  }

  return { clear, claim, isClaimed, read };
}

/** What a candidate could show were it alone. */
function readAll(item: Int32Array, limit: number, places: Int32Array): number {
  const length = Math.min(limit, item.length);
  for (let place = 0; place < length; place++) places[place] = place;
  return length;
}

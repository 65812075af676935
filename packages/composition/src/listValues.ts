import type { Entry } from './admit.ts';
import type { Candidate } from './candidate.ts';
import { differs, type PlainClaims } from './claims.ts';
import { discountBetween } from './discount.ts';
import { runEnds, writeBlocks, writeRows } from './isotonic.ts';
import { scoredRanks } from './scoredRanks.ts';
import type { Scorer } from './strategies/strategy.ts';

/** What displaying items is worth. Used up before another page is scored, because all pages share the room it is in. */
export interface ListValues {
  /**
   * By row of the key columns: of a candidate, whose rows do not increase down its list, and of those that were asked for
   * before. Most of a large page's candidates never are.
   */
  of(candidate: number): Float64Array;
  /** What no display of a candidate is worth more than, before the placement's weight. */
  mostOf(candidate: number): number;
  /** Σ value × discount of the columns, of the first `count` places of a candidate's list that are given, ascending. */
  worthOf(candidate: number, places: Int32Array, count: number): number;
  /** The same of the first places that are not claimed, at most `limit`; -1 when there are fewer than its minimum. */
  worthOfFree(candidate: number, claims: PlainClaims, limit: number): number;
}

const smoothed = 1;
const withRows = 2;

/** Shared by all pages, by row, by candidate and by block: see `score.ts`. */
const room = {
  rows: new Float64Array(0),
  worths: new Float64Array(0),
  mosts: new Float64Array(0),
  counts: new Uint8Array(0),
  /** By candidate, how far it is known: not at all, smoothed, or with its rows. */
  stages: new Uint8Array(0),
  ends: new Int32Array(0),
  values: new Float64Array(0),
};

function roomFor({ starts }: Entry['keys']): typeof room {
  const rows = starts[starts.length - 1] ?? 0;
  if (room.rows.length <= rows) {
    room.rows = new Float64Array(2 * rows);
    room.worths = new Float64Array(2 * rows);
  }
  if (room.counts.length < starts.length) {
    const lists = 2 * starts.length;
    room.mosts = new Float64Array(lists);
    room.counts = new Uint8Array(lists);
    room.stages = new Uint8Array(lists);
    room.ends = new Int32Array(runEnds.length * lists);
    room.values = new Float64Array(runEnds.length * lists);
  }
  return room;
}

/** What the strategy says of each list, made non-increasing when it is asked for. */
export class SmoothedValues implements ListValues {
  readonly #entry: Entry;
  readonly #scorer: Scorer;
  readonly #keptOf: ReadonlyMap<string, number> | undefined;
  readonly #room: typeof room;

  constructor(entry: Entry, scorer: Scorer) {
    const { candidates } = entry.input;
    this.#entry = entry;
    this.#scorer = scorer;
    this.#keptOf = keptShares(entry.input);
    this.#room = roomFor(entry.keys);
    this.#room.stages.fill(0, 0, candidates.length);
  }

  of(index: number): Float64Array {
    const { rows, stages } = this.#room;
    if ((stages[index] ?? 0) < withRows) this.#writeRows(index);
    return rows;
  }

  mostOf(index: number): number {
    const { stages, mosts } = this.#room;
    if (stages[index] === 0) this.#smooth(index);
    return mosts[index] ?? 0;
  }

  worthOf(index: number, places: Int32Array, count: number): number {
    const { stages, counts, ends, values } = this.#room;
    if (stages[index] === 0) this.#smooth(index);
    const first = index * runEnds.length;
    const last = first + (counts[index] ?? 0) - 1;
    let worth = 0;
    let column = 0;
    for (let block = first; block <= last; block++) {
      const end = block === last ? Number.POSITIVE_INFINITY : (ends[block] ?? 0);
      const from = column;
      while (column < count && (places[column] ?? 0) < end) column++;
      worth += (values[block] ?? 0) * discountBetween(from, column);
    }
    return worth;
  }

  worthOfFree(index: number, claims: PlainClaims, limit: number): number {
    const { stages, counts, ends, values } = this.#room;
    const candidate = this.#entry.input.candidates[index];
    if (candidate === undefined) return -1;
    if (stages[index] === 0) this.#smooth(index);
    const { item, claimed, stamp } = claims;
    const items = candidate.items.length;
    let block = index * runEnds.length;
    const last = block + (counts[index] ?? 0) - 1;
    let end = block === last ? items : (ends[block] ?? 0);
    let worth = 0;
    let from = 0;
    let column = 0;
    // One loop, not one a block: beginning a loop takes longer than going through most blocks.
    for (let place = 0; place < items && column < limit; place++) {
      if (place === end) {
        worth += (values[block] ?? 0) * discountBetween(from, column);
        from = column;
        block++;
        end = block === last ? items : (ends[block] ?? 0);
      }
      column += differs(claimed[item[place] ?? 0] ?? 0, stamp);
    }
    worth += (values[block] ?? 0) * discountBetween(from, column);
    return column < candidate.minItems ? -1 : worth;
  }

  #writeRows(index: number): void {
    const { stages, rows } = this.#room;
    const { starts } = this.#entry.keys;
    if (stages[index] === 0) this.#smooth(index);
    const start = starts[index] ?? 0;
    writeRows(this.#room, index, { rows, start, end: starts[index + 1] ?? start });
    stages[index] = withRows;
  }

  #smooth(index: number): void {
    const candidate = this.#entry.input.candidates[index];
    if (candidate === undefined) return;
    const { stages, worths, mosts } = this.#room;
    const scored = scoredRanks(candidate);
    this.#scorer.writeWorths(index, scored, worths);
    if (this.#keptOf !== undefined) fade(candidate, this.#keptOf, { worths, scored });
    const size = { items: candidate.items.length, scored, shown: candidate.maxItems };
    stages[index] = smoothed;
    mosts[index] = writeBlocks(this.#room, index, worths, size) * roundingRoom;
  }
}

/** Sums of the same numbers in another order differ by less. */
export const roundingRoom = 1 + 1e-12;

/** An item that was shown h hours ago keeps all but the share weight × 2^(−h ÷ half-life) of its worth. */
function keptShares({ context, layout }: Entry['input']): ReadonlyMap<string, number> | undefined {
  const { weight, halfLifeHours } = layout.seen;
  if (context.seen.length === 0 || weight === 0) return undefined;
  const kept = new Map<string, number>();
  for (const { item, hoursAgo } of context.seen) {
    const share = 1 - weight * 2 ** (-hoursAgo / halfLifeHours);
    kept.set(item, Math.min(share, kept.get(item) ?? 1));
  }
  return kept;
}

function fade(
  { items }: Candidate,
  keptOf: ReadonlyMap<string, number>,
  { worths, scored }: { readonly worths: Float64Array; readonly scored: number },
): void {
  for (let place = 0; place < scored; place++) {
    const share = keptOf.get(items[place]?.id ?? '');
    if (share !== undefined) worths[place] = (worths[place] ?? 0) * share;
  }
}

import type { Entry } from './admit.ts';
import { type Candidate, tierOf } from './candidate.ts';
import type { CompositionInput } from './composition.ts';
import { discountOf } from './discount.ts';
import { shareLifted, writeNonIncreasing } from './isotonic.ts';
import { scoredRanks } from './scoredRanks.ts';
import { createStrategy } from './strategies/createStrategy.ts';
import type { Scorer } from './strategies/strategy.ts';
import { tieBreakOf } from './tieBreak.ts';

/**
 * What decides between candidates. `precedence`, by candidate: tier, then the strategy's rank; lower goes first
 * whatever the scores. `attention`, by placement: how much its first cell is looked at. To be used up before another page
 * is scored, because all pages share the room it is in.
 */
export interface Contest extends Entry {
  readonly scorer: Scorer;
  readonly precedence: Float64Array;
  readonly attention: readonly number[];
  /**
   * By candidate: no display of it is worth more, before the placement's weight; less is said once its values are known.
   * There may be more entries.
   */
  readonly mostWorths: Float64Array;
  /**
   * What displaying items is worth, by row of the key columns: of a candidate, whose rows do not increase down its list,
   * and of those that were asked for before. Most of a large page's candidates never are.
   */
  valuesOf(candidate: number): Float64Array;
}

/** The second stage: asks the layout's strategy what everything is worth. Takes nobody out. */
export function score(entry: Entry): Contest {
  const { input, keys, placements, firstPosition } = entry;
  const { candidates, layout } = input;
  const scorer = createStrategy(layout.strategy, input.context).prepare(entry);
  const keptOf = keptShares(input);
  const { values, worths, precedence, mostWorths, isKnown } = roomFor(keys.starts);
  isKnown.fill(0, 0, candidates.length);
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    if (candidate === undefined) continue;
    const scored = scoredRanks(candidate);
    const shown = Math.min(candidate.maxItems, scored);
    const shownSum = scorer.sumOf(index, 0, shown);
    const belowSum = scorer.sumOf(index, shown, scored);
    mostWorths[index] = (shownSum + shareLifted(shown, scored) * belowSum) * roundingRoom;
    precedence[index] = precedenceOf(entry, candidate, scorer.rankOf(index));
  }

  function valuesOf(index: number): Float64Array {
    const candidate = candidates[index];
    if (isKnown[index] === 1 || candidate === undefined) return values;
    isKnown[index] = 1;
    const scored = scoredRanks(candidate);
    scorer.writeWorths(index, scored, worths);
    if (keptOf !== undefined) fade(candidate, keptOf, { worths, scored });
    const start = keys.starts[index] ?? 0;
    const end = start + candidate.items.length;
    const most = writeNonIncreasing(values, worths, { start, scored, end, shown: candidate.maxItems });
    mostWorths[index] = most * roundingRoom;
    return values;
  }

  const attention = placements.map(
    (placement, index) => placement.attention * discountOf(firstPosition + index),
  );
  return {
    input,
    placements,
    firstPosition,
    pins: entry.pins,
    takers: entry.takers,
    keys,
    barred: entry.barred,
    codes: entry.codes,
    scorer,
    precedence,
    attention,
    mostWorths,
    valuesOf,
  };
}

/** Sums of the same numbers in another order differ by less. */
const roundingRoom = 1 + 1e-12;

/**
 * Shared by all pages of the process: typed arrays of more than a few entries are made outside the heap, and cleared, which
 * takes longer than filling them. Values and worths are by row, the others by candidate.
 */
const room = {
  values: new Float64Array(0),
  worths: new Float64Array(0),
  precedence: new Float64Array(0),
  mostWorths: new Float64Array(0),
  isKnown: new Uint8Array(0),
};

function roomFor(starts: readonly number[]): typeof room {
  const rows = starts[starts.length - 1] ?? 0;
  if (room.values.length <= rows) {
    room.values = new Float64Array(2 * rows);
    room.worths = new Float64Array(2 * rows);
  }
  if (room.isKnown.length < starts.length) {
    room.precedence = new Float64Array(2 * starts.length);
    room.mostWorths = new Float64Array(2 * starts.length);
    room.isKnown = new Uint8Array(2 * starts.length);
  }
  return room;
}

/** An item that was shown h hours ago keeps all but the share weight × 2^(−h ÷ half-life) of its worth. */
function keptShares({ context, layout }: CompositionInput): ReadonlyMap<string, number> | undefined {
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

const tierSpan = 2 ** 32;

/** The editorial pool keeps the layout's order under every strategy, so that what it can fill depends on no score. */
function precedenceOf({ input: { layout } }: Entry, { provenance, widget }: Candidate, rank: number): number {
  const tier = tierOf(provenance);
  if (tier < 2) return tier * tierSpan + rank;
  const position = layout.editorial.findIndex(({ id }) => id === widget);
  return tier * tierSpan + (position < 0 ? layout.editorial.length : position);
}

/**
 * Which of two candidates goes before the other at these scores: a total order, whatever order they arrived in. Ties
 * are rare, so what breaks them is worked out when there is one.
 */
export function createOrder(
  { input, precedence }: Contest,
  scores: ArrayLike<number>,
): (a: number, b: number) => boolean {
  return (a, b) => {
    const byPrecedence = (precedence[a] ?? 0) - (precedence[b] ?? 0);
    if (byPrecedence !== 0) return byPrecedence < 0;
    const byScore = (scores[b] ?? 0) - (scores[a] ?? 0);
    if (byScore !== 0) return byScore < 0;
    const widgetOfA = input.candidates[a]?.widget ?? '';
    const widgetOfB = input.candidates[b]?.widget ?? '';
    const byTieBreak = tieBreakOf(input.seed, widgetOfA) - tieBreakOf(input.seed, widgetOfB);
    return byTieBreak === 0 ? widgetOfA < widgetOfB : byTieBreak < 0;
  };
}

import type { Entry } from './admit.ts';
import { type Candidate, tierOf } from './candidate.ts';
import type { CompositionInput } from './composition.ts';
import { discountOf } from './discount.ts';
import { writeNonIncreasing } from './isotonic.ts';
import { scoredRanks } from './scoredRanks.ts';
import { createStrategy } from './strategies/createStrategy.ts';
import type { Scorer } from './strategies/strategy.ts';
import { tieBreakOf } from './tieBreak.ts';

/**
 * What decides between candidates. `precedence`, by candidate: tier, then the strategy's rank; lower goes first
 * whatever the scores. `values`, by row of the key columns: what displaying the item there is worth, not increasing
 * along a list, to be read before another page is scored. `attention`, by placement: how much its first cell is looked at.
 */
export interface Contest extends Entry {
  readonly scorer: Scorer;
  readonly precedence: readonly number[];
  readonly values: Float64Array;
  readonly attention: readonly number[];
  /** By candidate: no display of it is worth more, before the placement's weight. */
  readonly mostWorths: Float64Array;
}

/** The second stage: asks the layout's strategy what everything is worth. Takes nobody out. */
export function score(entry: Entry): Contest {
  const { input, keys, placements, firstPosition } = entry;
  const { candidates, layout } = input;
  const scorer = createStrategy(layout.strategy, input.context).prepare(entry);
  const keptOf = keptShares(input);
  const { values, worths } = roomFor(keys.starts);
  const mostWorths = new Float64Array(candidates.length);
  const precedence: number[] = [];
  for (let index = 0; index < candidates.length; index++) {
    const candidate = candidates[index];
    if (candidate === undefined) continue;
    const scored = scoredRanks(candidate);
    scorer.writeWorths(index, scored, worths);
    if (keptOf !== undefined) fade(candidate, keptOf, worths.subarray(0, scored));
    const [start, end] = [keys.starts[index] ?? 0, keys.starts[index + 1] ?? 0];
    const most = writeNonIncreasing(values, worths, { start, scored, end, shown: candidate.maxItems });
    mostWorths[index] = most * roundingRoom;
    precedence.push(precedenceOf(entry, candidate, scorer.rankOf(index)));
  }
  const attention = placements.map(
    (placement, index) => placement.attention * discountOf(firstPosition + index),
  );
  return { ...entry, scorer, precedence, values, attention, mostWorths };
}

/** Sums of the same numbers in another order differ by less. */
const roundingRoom = 1 + 1e-12;

/** Shared by all pages of the process: large typed arrays are made outside the heap, and cleared, which takes longer than filling them. */
const room = { values: new Float64Array(0), worths: new Float64Array(0) };

function roomFor(starts: readonly number[]): typeof room {
  const rows = starts[starts.length - 1] ?? 0;
  if (room.values.length < rows) {
    room.values = new Float64Array(2 * rows);
    room.worths = new Float64Array(2 * rows);
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

function fade({ items }: Candidate, keptOf: ReadonlyMap<string, number>, worths: Float64Array): void {
  for (let place = 0; place < worths.length; place++) {
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

import { assign } from '../certificate/assign.ts';
import { limitOf } from '../limitOf.ts';
import type { Contest } from '../score.ts';

/** The best of all pages: how many placements it fills, and its score. */
export interface Optimum {
  readonly filled: number;
  readonly score: number;
}

/**
 * Tries every choice of widgets for every placement, the most promising first, and for each the best assignment of
 * items to cells by the Hungarian method, which shares nothing with the passes. For pages of one rung and one key kind.
 */
export function optimumOf(contest: Contest): Optimum {
  for (let filled = contest.placements.length; filled > 0; filled--) {
    let best = Number.NEGATIVE_INFINITY;
    const choices = choicesOf(contest, filled)
      .map((chosen) => ({ chosen, most: mostOf(contest, chosen) }))
      .sort((a, b) => b.most - a.most);
    for (const { chosen, most } of choices) {
      if (most <= best) break;
      best = Math.max(best, bestScoreOf(contest, chosen) ?? best);
    }
    if (best > Number.NEGATIVE_INFINITY) return { filled, score: best };
  }
  return { filled: 0, score: 0 };
}

/** Whether some widget that is not among the chosen could fill an empty placement, with all the others still there. */
export function isAddable(contest: Contest, chosen: readonly number[]): boolean {
  return chosen.some((there, placement) => {
    if (there !== -1) return false;
    return contest.input.candidates.some((_, candidate) => {
      if (chosen.includes(candidate) || contest.codes[candidate] !== undefined) return false;
      if (!contest.takers.canTake(candidate, placement)) return false;
      return bestScoreOf(contest, chosen.toSpliced(placement, 1, candidate)) !== undefined;
    });
  });
}

/** Every way to fill that many placements, by placement; -1 where empty. */
function choicesOf(contest: Contest, filled: number): number[][] {
  const { placements, input, takers, codes } = contest;
  const found: number[][] = [];
  const extend = (chosen: number[], left: number) => {
    const placement = chosen.length;
    if (placement === placements.length) {
      if (left === 0) found.push(chosen);
      return;
    }
    if (placements.length - placement > left) extend([...chosen, -1], left);
    if (left === 0) return;
    for (let candidate = 0; candidate < input.candidates.length; candidate++) {
      if (chosen.includes(candidate) || codes[candidate] !== undefined) continue;
      if (takers.canTake(candidate, placement)) extend([...chosen, candidate], left - 1);
    }
  };
  extend([], filled);
  return found;
}

const discountOfColumn = (column: number): number => 1 / Math.log2(column + 2);

/** What a choice is worth if nobody shares anything. */
function mostOf(contest: Contest, chosen: readonly number[]): number {
  return chosen.reduce((sum, candidate, placement) => {
    if (candidate === -1) return sum;
    const values = valuesOf(contest, candidate).slice(0, limitOf(contest, candidate, placement));
    const worth = values.reduce((total, value, column) => total + value * discountOfColumn(column), 0);
    return sum + worth * (contest.attention[placement] ?? 0);
  }, 0);
}

const valuesOf = ({ values, keys }: Contest, candidate: number): Float64Array =>
  values.of(candidate).subarray(keys.starts[candidate], keys.starts[candidate + 1]);

/** The best score of chosen widgets, each with its minimum; undefined when that cannot be. */
export function bestScoreOf(contest: Contest, chosen: readonly number[]): number | undefined {
  const keys = [...new Set(chosen.flatMap((candidate) => [...(contest.keys.of[candidate]?.item ?? [])]))];
  const columnOf = new Map(keys.map((key, column) => [key, column]));
  /** More than any page scores: a cell below the minimum is never left empty for gain. */
  const bonus = 1_000;
  let needed = 0;
  const cells = chosen.flatMap((candidate, placement) => {
    const own = contest.input.candidates[candidate];
    if (own === undefined) return [];
    needed += own.minItems;
    const values = valuesOf(contest, candidate);
    return Array.from({ length: limitOf(contest, candidate, placement) }, (_, column) => {
      const profits: number[] = Array.from({ length: keys.length }, () => Number.NEGATIVE_INFINITY);
      for (const [place, key] of (contest.keys.of[candidate]?.item ?? []).entries()) {
        const worth = (values[place] ?? 0) * discountOfColumn(column) * (contest.attention[placement] ?? 0);
        profits[columnOf.get(key) ?? -1] = worth + (column < own.minItems ? bonus : 0);
      }
      return profits;
    });
  });
  const total = assign(cells, keys.length).reduce(
    (sum, column, cell) => sum + (cells[cell]?.[column] ?? 0),
    0,
  );
  const met = Math.floor(total / bonus + 1e-9);
  return met < needed ? undefined : total - bonus * needed;
}

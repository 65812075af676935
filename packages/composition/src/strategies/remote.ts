import type { Candidate } from '../candidate.ts';
import type { Ranking } from '../composition.ts';
import { columnDiscounts } from '../discount.ts';
import type { Strategy } from './strategy.ts';

/**
 * What a ranker of the platform's own said: a score for each widget, which its items share evenly, so that a widget
 * that loses items without reserve loses as much of it. Widgets that it did not name are worth nothing; scores below
 * nothing shift all of them, so that the lowest is 0; the highest is worth 1.
 */
export function remote(ranking: Ranking): Strategy {
  return {
    prepare: ({ input }) => {
      const scores = input.candidates.map(({ widget }) => finite(ranking[widget]));
      let lowest = 0;
      let highest = 0;
      for (const score of scores) {
        if (score === undefined) continue;
        lowest = Math.min(lowest, score);
        highest = Math.max(highest, score);
      }
      const span = highest - lowest;
      const worthOfEach = (index: number): number => {
        const candidate = input.candidates[index];
        const given = scores[index];
        const isWorth = candidate !== undefined && given !== undefined && span > 0;
        return isWorth ? (given - lowest) / span / cellsOf(candidate) : 0;
      };
      return {
        name: 'remote',
        rankOf: () => 0,
        writeWorths: (index, count, worths) => worths.fill(worthOfEach(index), 0, count),
        weighedSum: (index, weights) => worthOfEach(index) * weights.reduce((sum, weight) => sum + weight, 0),
        partsOf: (index) => ({ given: span === 0 ? 0 : (scores[index] ?? 0) }),
      };
    },
  };
}

const cellsOf = ({ maxItems, items }: Candidate): number => sumOfDiscounts(Math.min(maxItems, items.length));

/** Far above what rankers say, and low enough for sums and differences to be finite. */
const furthest = 1e100;

const finite = (score: number | undefined): number | undefined =>
  typeof score === 'number' && Number.isFinite(score)
    ? Math.max(-furthest, Math.min(furthest, score))
    : undefined;

function sumOfDiscounts(columns: number): number {
  let sum = 0;
  for (let column = 0; column < columns; column++) sum += columnDiscounts[column] ?? 0;
  return Math.max(1, sum);
}

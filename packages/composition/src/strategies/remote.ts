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
    prepare: ({ input, keys }) => {
      const values = new Float64Array(keys.starts[input.candidates.length] ?? 0);
      const scores = input.candidates.map(({ widget }) => finite(ranking[widget]));
      let lowest = 0;
      let highest = 0;
      for (const score of scores) {
        if (score === undefined) continue;
        lowest = Math.min(lowest, score);
        highest = Math.max(highest, score);
      }
      const span = highest - lowest;
      if (span === 0) return { name: 'remote', rankOf: () => 0, values, partsOf: () => ({ given: 0 }) };
      for (let index = 0; index < input.candidates.length; index++) {
        const candidate = input.candidates[index];
        const given = scores[index];
        if (candidate === undefined || given === undefined) continue;
        const cells = sumOfDiscounts(Math.min(candidate.maxItems, candidate.items.length));
        values.fill((given - lowest) / span / cells, keys.starts[index], keys.starts[index + 1]);
      }
      return { name: 'remote', rankOf: () => 0, values, partsOf: (index) => ({ given: scores[index] ?? 0 }) };
    },
  };
}

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

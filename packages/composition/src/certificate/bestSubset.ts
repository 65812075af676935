import { columnDiscounts } from '../discount.ts';

/** What a candidate could show in a placement at given prices: by row of its list, value and price. */
export interface Offer {
  readonly factor: number;
  readonly minItems: number;
  readonly limit: number;
  readonly values: ArrayLike<number>;
  readonly prices: ArrayLike<number>;
}

/** The most that a widget can be worth less what its items cost, and which it shows for that (ascending rows). */
export interface Subset {
  readonly profit: number;
  readonly rows: readonly number[];
}

/**
 * Chooses between `minItems` and `limit` items in the list's order, at most profit; undefined when there are too few.
 * By dynamic programming over items and columns: O(items × columns).
 */
export function bestSubset({ factor, minItems, limit, values, prices }: Offer): Subset | undefined {
  const count = values.length;
  const columns = Math.min(limit, count);
  if (count < minItems) return undefined;
  const best = new Float64Array(columns + 1).fill(Number.NEGATIVE_INFINITY);
  best[0] = 0;
  const taken = new Uint8Array(count * (columns + 1));
  for (let row = 0; row < count; row++) {
    for (let column = Math.min(columns, row + 1); column > 0; column--) {
      const gain = factor * (values[row] ?? 0) * (columnDiscounts[column - 1] ?? 0) - (prices[row] ?? 0);
      const withIt = (best[column - 1] ?? 0) + gain;
      if (withIt <= (best[column] ?? 0)) continue;
      best[column] = withIt;
      taken[row * (columns + 1) + column] = 1;
    }
  }
  let size = minItems;
  for (let column = minItems; column <= columns; column++)
    if ((best[column] ?? 0) > (best[size] ?? 0)) size = column;
  const rows: number[] = [];
  for (let row = count - 1, column = size; row >= 0 && column > 0; row--) {
    if (taken[row * (columns + 1) + column] !== 1) continue;
    rows.push(row);
    column--;
  }
  return { profit: best[size] ?? 0, rows: rows.reverse() };
}

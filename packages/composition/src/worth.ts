import { discountOf } from './discount.ts';

/**
 * Σ value × discount of the columns of one row of the page. `values` hold the row's from `start` on, `columns` of them;
 * `row` is its ordinal, from 1.
 */
export function worthOf(
  values: Float64Array,
  { start, columns, row }: { readonly start: number; readonly columns: number; readonly row: number },
): number {
  let worth = 0;
  for (let column = 0; column < columns; column++) {
    worth += (values[start + column] ?? 0) * discountOf(row, column + 1);
  }
  return worth;
}

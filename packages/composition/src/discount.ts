const table = Float64Array.from({ length: 512 }, (_, ordinal) => 1 / Math.log2(Math.max(1, ordinal) + 1));

/**
 * How much a place counts that is the `ordinal`-th one looks at, from 1: 1 / log2(1 + ordinal); the first counts 1.
 * Järvelin, Kekäläinen: Cumulated gain-based evaluation of IR techniques. ACM TOIS 20(4), 2002 (as commonly written).
 * Used down the page and along a row; a cell counts the product of both.
 */
export const discountOf = (ordinal: number): number => table[ordinal] ?? 1 / Math.log2(1 + ordinal);

/** {@link discountOf} as an array by column from 0, for inner loops. Rows show at most 50 items. */
export const columnDiscounts: Float64Array = table.slice(1, 65);

/** Lists hold at most 200 items. */
export const discountedRanks = 256;

/** The same by rank from 0 in a list. */
export const rankDiscounts: Float64Array = table.slice(1, discountedRanks + 1);

/** Σ discount of the ranks before one, from 0 to {@link discountedRanks}. */
export const discountsBefore: Float64Array = new Float64Array(discountedRanks + 1);
for (const [rank, discount] of rankDiscounts.entries()) {
  discountsBefore[rank + 1] = (discountsBefore[rank] ?? 0) + discount;
}

/** Σ discount of the ranks, or columns, from one up to, not including, another; those that no list has count nothing. */
export const discountBetween = (from: number, to: number): number =>
  (discountsBefore[Math.min(to, discountedRanks)] ?? 0) -
  (discountsBefore[Math.min(from, discountedRanks)] ?? 0);

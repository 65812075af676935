const table = Float64Array.from({ length: 512 }, (_, sum) => 1 / Math.log2(Math.max(2, sum)));

/**
 * How much a cell of the page counts: 1 / log2(row + column), both from 1; the top left cell counts 1.
 * Felicioni, Ferrari Dacrema, Cremonesi: A Methodology for the Offline Evaluation of Recommender Systems in
 * a User Interface with Multiple Carousels. UMAP 2021 Adjunct, Eq. 2 with α = β = 1.
 */
export const discountOf = (row: number, column: number): number =>
  table[row + column] ?? 1 / Math.log2(row + column);

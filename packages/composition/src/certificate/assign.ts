/**
 * Assigns each row to at most one column and each column to at most one row, at most profit; profits below 0 (and
 * -Infinity for what cannot be) are left alone. Returns the column of each row, or -1. O(rows² × columns): the
 * Hungarian method with potentials (Kuhn 1955; Jonker, Volgenant: A Shortest Augmenting Path Algorithm for Dense and
 * Sparse Linear Assignment Problems. Computing 38, 1987).
 */
export function assign(profits: readonly (readonly number[])[], columns: number): number[] {
  const rows = profits.length;
  /** After the real columns, one of no profit for each row, so that none is forced. */
  const width = columns + rows;
  const costOf = (row: number, column: number) => {
    const profit = column < columns ? (profits[row]?.[column] ?? 0) : 0;
    return profit > 0 || column >= columns ? -profit : 0;
  };
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(width + 1);
  const rowOf = new Int32Array(width + 1);
  for (let row = 1; row <= rows; row++) {
    const least = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY);
    const isUsed = new Uint8Array(width + 1);
    const cameFrom = new Int32Array(width + 1);
    rowOf[0] = row;
    let at = 0;
    do {
      isUsed[at] = 1;
      const here = rowOf[at] ?? 0;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let column = 1; column <= width; column++) {
        if (isUsed[column] === 1) continue;
        const reduced =
          costOf(here - 1, column - 1) - (rowPotential[here] ?? 0) - (columnPotential[column] ?? 0);
        if (reduced < (least[column] ?? 0)) {
          least[column] = reduced;
          cameFrom[column] = at;
        }
        if ((least[column] ?? 0) < delta) {
          delta = least[column] ?? 0;
          next = column;
        }
      }
      for (let column = 0; column <= width; column++) {
        if (isUsed[column] === 1) {
          const owner = rowOf[column] ?? 0;
          rowPotential[owner] = (rowPotential[owner] ?? 0) + delta;
          columnPotential[column] = (columnPotential[column] ?? 0) - delta;
        } else least[column] = (least[column] ?? 0) - delta;
      }
      at = next;
    } while (rowOf[at] !== 0);
    while (at !== 0) {
      const previous = cameFrom[at] ?? 0;
      rowOf[at] = rowOf[previous] ?? 0;
      at = previous;
    }
  }
  const columnOf: number[] = Array.from({ length: rows }, () => -1);
  for (let column = 1; column <= columns; column++) {
    const row = (rowOf[column] ?? 0) - 1;
    if (row >= 0 && (profits[row]?.[column - 1] ?? 0) > 0) columnOf[row] = column - 1;
  }
  return columnOf;
}

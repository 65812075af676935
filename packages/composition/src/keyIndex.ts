import type { KeyColumns } from './keyColumns.ts';

/** Which candidates hold a key, by key number: `holders` from `starts[key]` up to, not including, `starts[key + 1]`. */
export interface KeyIndex {
  readonly starts: Int32Array;
  readonly holders: Int32Array;
}

/** Inverts the columns, by counting; a candidate that holds a key twice is there twice. */
export function createKeyIndex({ starts: rows, item, parent, creator, size }: KeyColumns): KeyIndex {
  const columns = [...new Set([item, parent, creator])];
  const starts = new Int32Array(size + 1);
  for (const column of columns) {
    for (let row = 0; row < column.length; row++) {
      const key = column[row] ?? 0;
      starts[key] = (starts[key] ?? 0) + 1;
    }
  }
  let total = 0;
  for (let key = 0; key <= size; key++) {
    total += starts[key] ?? 0;
    starts[key] = total;
  }
  const holders = new Int32Array(total);
  for (const column of columns) {
    for (let index = 0; index + 1 < rows.length; index++) {
      const end = rows[index + 1] ?? 0;
      for (let row = rows[index] ?? 0; row < end; row++) {
        const key = column[row] ?? 0;
        const at = (starts[key] ?? 0) - 1;
        starts[key] = at;
        holders[at] = index;
      }
    }
  }
  return { starts, holders };
}

import { plainTable } from './plainTable.ts';

/** A table after an empty line; nothing at all where nothing was measured. */
export const section = (head: string[], rows: readonly string[][]): string[] =>
  rows.length === 0 ? [] : ['', ...plainTable(head, rows)];

/** Whether a target is met, for people. */
export const saysMet = (met: 'aim' | 'yes' | 'no' | null): string =>
  ({ aim: 'yes, the aim too', yes: 'yes', no: 'NO', none: '-' })[met ?? 'none'];

/** The same of a target that is met only when that is sure. */
export const saysMetSurely = (met: 'aim' | 'yes' | 'no' | null): string =>
  met === null ? 'not shown' : saysMet(met);

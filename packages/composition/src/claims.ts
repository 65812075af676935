import type { Dedupe } from '@widget-mediator/contracts';
import type { KeyColumns } from './keyColumns.ts';

/**
 * Which keys the displayed items of the page hold, 1 where held, by key number. Two widgets conflict on an item when
 * one blocks and the other yields, compared under the yielder's key. So blockers claim every key of what they
 * display, for later yielders to test under their own; yielders claim their own key, for later blockers to
 * test with every key they have. Whoever is placed first keeps the item, whichever of the two it is.
 */
export interface Claims {
  readonly keys: KeyColumns;
  readonly byBlockers: Uint8Array;
  readonly byYielders: Uint8Array;
}

/** Nothing claimed yet. */
export const createClaims = (keys: KeyColumns): Claims => ({
  keys,
  byBlockers: new Uint8Array(keys.size),
  byYielders: new Uint8Array(keys.size),
});

/** Whether the item in a row of the columns is kept from a widget by what is displayed, itself included. */
export function isClaimed({ keys, byBlockers, byYielders }: Claims, dedupe: Dedupe, row: number): boolean {
  if (dedupe.yields && byBlockers[keys[dedupe.key][row] ?? 0] === 1) return true;
  return (
    dedupe.blocks &&
    (byYielders[keys.item[row] ?? 0] === 1 ||
      byYielders[keys.parent[row] ?? 0] === 1 ||
      byYielders[keys.creator[row] ?? 0] === 1)
  );
}

/** Records that a widget displays the item in a row of the columns. */
export function claim({ keys, byBlockers, byYielders }: Claims, dedupe: Dedupe, row: number): void {
  if (dedupe.yields) byYielders[keys[dedupe.key][row] ?? 0] = 1;
  if (!dedupe.blocks) return;
  byBlockers[keys.item[row] ?? 0] = 1;
  byBlockers[keys.parent[row] ?? 0] = 1;
  byBlockers[keys.creator[row] ?? 0] = 1;
}

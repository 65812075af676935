import { type Draft, displayOrder, draftOf, holdAllBut } from './draft.ts';
import { firstOf } from './places.ts';
import type { Reader } from './reader.ts';
import type { Contest } from './score.ts';

/**
 * Has each widget of a page display the first of its items that no other displays, in display order, until nothing
 * changes: so that nobody passes over an item that nobody shows. Under two caps on items, room made for one item may cost two:
 * a widget that would display less keeps what it has.
 */
export function settle(
  contest: Contest,
  reader: Reader,
  { chosen, shown }: Pick<Draft, 'chosen' | 'shown'>,
): Draft {
  const settled = shown.slice();
  const order = displayOrder(contest, chosen).filter((placement) => (chosen[placement] ?? -1) >= 0);
  for (let round = 0; round <= order.length; round++) {
    let isSettled = true;
    for (const placement of order) {
      holdAllBut(reader, { chosen, shown: settled }, placement);
      const candidate = chosen[placement] ?? -1;
      const count = reader.look(candidate, placement);
      const places = firstOf(reader.places, count);
      const before = settled[placement];
      if (before !== undefined && (isSame(before, places) || places.length < before.length)) continue;
      settled[placement] = places;
      isSettled = false;
    }
    if (isSettled) break;
  }
  return draftOf(contest, chosen, settled);
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((place, index) => place === b[index]);

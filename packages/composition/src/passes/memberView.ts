import { columnDiscounts } from '../discount.ts';
import type { Member } from './exchange.ts';

/**
 * What a member displays of the items that it has, prepared so that the effect of one item more, one less, or one for
 * another takes no loop: sums over the displayed columns as they stand, and shifted by one to either side.
 */
export interface MemberView {
  /** How many items it displays. */
  count: number;
  /** The first slot that it could display and has no column for, or -1. */
  nextSlot: number;
  /** By slot: how many displayed items come before it. */
  before: Int32Array;
  /** By slot: 1 where it is displayed. */
  isDisplayed: Uint8Array;
  /** By column: sums over the columns before it of value × discount, there and one further right or left. */
  readonly here: Float64Array;
  readonly right: Float64Array;
  readonly left: Float64Array;
}

/** Columns of a row; a widget shows at most 50 items. */
const mostColumns = 64;

/** A view to be looked into again and again: making one takes longer than looking. */
export const createView = (): MemberView => ({
  count: 0,
  nextSlot: -1,
  before: new Int32Array(0),
  isDisplayed: new Uint8Array(0),
  here: new Float64Array(mostColumns + 1),
  right: new Float64Array(mostColumns + 1),
  left: new Float64Array(mostColumns + 1),
});

/** Looks at what a member displays that has the contested items which `owners` give to it. */
export function look(
  view: MemberView,
  { contested, values, limit }: Member,
  has: (item: number) => boolean,
): void {
  const slots = contested.length;
  if (view.before.length < slots) {
    view.before = new Int32Array(2 * slots);
    view.isDisplayed = new Uint8Array(2 * slots);
  }
  const { before, isDisplayed, here, right, left } = view;
  const columns = Math.min(limit, mostColumns);
  let count = 0;
  let nextSlot = -1;
  for (let slot = 0; slot < slots; slot++) {
    before[slot] = count;
    isDisplayed[slot] = 0;
    const item = contested[slot] ?? -1;
    if (item !== -1 && !has(item)) continue;
    if (count === columns) {
      if (nextSlot === -1) nextSlot = slot;
      continue;
    }
    const value = values[slot] ?? 0;
    isDisplayed[slot] = 1;
    here[count + 1] = (here[count] ?? 0) + value * discount(count);
    right[count + 1] = (right[count] ?? 0) + value * discount(count + 1);
    left[count + 1] = (left[count] ?? 0) + value * (count === 0 ? 0 : discount(count - 1));
    count++;
  }
  view.count = count;
  view.nextSlot = nextSlot;
}

const discount = (column: number): number => columnDiscounts[column] ?? 0;

/** What one item more, at a slot that the member does not have, adds to its worth before its factor. */
export function worthAdded({ values, limit }: Member, view: MemberView, slot: number): number {
  const { count, before, here, right } = view;
  const at = before[slot] ?? 0;
  if (at >= limit) return 0;
  const size = Math.min(count + 1, limit);
  const shifted = (right[size - 1] ?? 0) - (right[at] ?? 0);
  return (here[at] ?? 0) + (values[slot] ?? 0) * discount(at) + shifted - (here[count] ?? 0);
}

/** What one item less, at a slot that the member has, adds to its worth: nothing, or less than nothing. */
export function worthRemoved({ values }: Member, view: MemberView, slot: number): number {
  const { count, before, isDisplayed, nextSlot, here, left } = view;
  if (isDisplayed[slot] !== 1) return 0;
  const at = before[slot] ?? 0;
  const shifted = (left[count] ?? 0) - (left[at + 1] ?? 0);
  const follows = nextSlot === -1 ? 0 : (values[nextSlot] ?? 0) * discount(count - 1);
  return (here[at] ?? 0) + shifted + follows - (here[count] ?? 0);
}

/** What one item, at a slot that the member does not have, for another that it displays, adds to its worth. */
export function worthExchanged(
  member: Member,
  view: MemberView,
  { entering, leaving }: { readonly entering: number; readonly leaving: number },
): number {
  const { count, before, nextSlot, here, right, left } = view;
  const from = before[leaving] ?? 0;
  const at = before[entering] ?? 0;
  const value = member.values[entering] ?? 0;
  if (at <= from) {
    const shifted = (right[from] ?? 0) - (right[at] ?? 0);
    return value * discount(at) + shifted - ((here[from + 1] ?? 0) - (here[at] ?? 0));
  }
  if (at === count && nextSlot !== -1 && nextSlot < entering) return worthRemoved(member, view, leaving);
  const shifted = (left[at] ?? 0) - (left[from + 1] ?? 0);
  return shifted + value * discount(at - 1) - ((here[at] ?? 0) - (here[from] ?? 0));
}

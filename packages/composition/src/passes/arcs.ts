import type { Exchange } from './exchange.ts';
import { type MemberView, worthAdded, worthExchanged, worthRemoved } from './memberView.ts';

/**
 * What can happen to items, one change at one member an arc: the item `from` comes to the member, and the item `to`
 * leaves it. In place of an item, the number after the last stands for none. In columns of which the first `count`
 * entries count, to be filled again and again.
 */
export interface Arcs {
  count: number;
  from: Int32Array;
  to: Int32Array;
  gain: Float64Array;
}

export const createArcs = (): Arcs => ({
  count: 0,
  from: new Int32Array(0),
  to: new Int32Array(0),
  gain: new Float64Array(0),
});

/** Empties the columns, with room for so many. */
function makeRoom(arcs: Arcs, size: number): void {
  arcs.count = 0;
  if (arcs.from.length >= size) return;
  arcs.from = new Int32Array(2 * size);
  arcs.to = new Int32Array(2 * size);
  arcs.gain = new Float64Array(2 * size);
}

function add(arcs: Arcs, from: number, to: number, gain: number): void {
  const at = arcs.count++;
  arcs.from[at] = from;
  arcs.to[at] = to;
  arcs.gain[at] = gain;
}

/** What one member can take of others or of nobody, and give away, as its view has it. */
export function collectArcs(
  arcs: Arcs,
  { members, owners }: Exchange,
  { index, view, bonus }: { readonly index: number; readonly view: MemberView; readonly bonus: number },
): void {
  const member = members[index];
  if (member === undefined) return;
  const none = owners.length;
  const { contested, factor } = member;
  const own: number[] = [];
  const others: number[] = [];
  for (let slot = 0; slot < contested.length; slot++) {
    const item = contested[slot] ?? -1;
    if (item !== -1) (owners[item] === index ? own : others).push(slot);
  }
  makeRoom(arcs, own.length + others.length * (own.length + 1));
  const { count, isDisplayed, nextSlot } = view;
  const ofOneMore = count < member.minItems ? bonus : 0;
  const ofOneLess = count <= member.minItems && nextSlot === -1 ? -bonus : 0;
  for (const slot of own) {
    const lost = isDisplayed[slot] === 1 ? ofOneLess : 0;
    add(arcs, none, contested[slot] ?? none, factor * worthRemoved(member, view, slot) + lost);
  }
  for (const entering of others) {
    const item = contested[entering] ?? none;
    const gain = factor * worthAdded(member, view, entering) + ofOneMore;
    add(arcs, item, none, gain);
    for (const leaving of own) {
      const isShown = isDisplayed[leaving] === 1;
      const instead = isShown ? factor * worthExchanged(member, view, { entering, leaving }) : gain;
      add(arcs, item, contested[leaving] ?? none, instead);
    }
  }
}

/** What nobody has costs nothing to take. */
export function collectArcsFromNobody(arcs: Arcs, owners: readonly number[]): void {
  makeRoom(arcs, owners.length);
  for (let item = 0; item < owners.length; item++) if (owners[item] === -1) add(arcs, owners.length, item, 0);
}

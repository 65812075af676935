import type { Exchange } from './exchange.ts';
import { type MemberView, worthAdded, worthExchanged, worthRemoved } from './memberView.ts';

/**
 * What can happen to items, one change at one member an arc: the item `from` comes to the member, and the item `to`
 * leaves it. In place of an item, the number after the last stands for none. In columns, because there are many.
 */
export interface Arcs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly gain: Float64Array;
}

/** What one member can take of others or of nobody, and give away, as its view has it. */
export function arcsInto(
  { members, owners }: Exchange,
  index: number,
  { view, bonus }: { readonly view: MemberView; readonly bonus: number },
): Arcs {
  const member = members[index];
  const none = owners.length;
  if (member === undefined)
    return { from: new Int32Array(0), to: new Int32Array(0), gain: new Float64Array(0) };
  const { contested } = member;
  const own: number[] = [];
  const others: number[] = [];
  for (let slot = 0; slot < contested.length; slot++) {
    const item = contested[slot] ?? -1;
    if (item !== -1) (owners[item] === index ? own : others).push(slot);
  }
  const size = own.length + others.length * (own.length + 1);
  const arcs = { from: new Int32Array(size), to: new Int32Array(size), gain: new Float64Array(size) };
  let at = 0;
  const add = (from: number, to: number, gain: number) => {
    arcs.from[at] = from;
    arcs.to[at] = to;
    arcs.gain[at] = gain;
    at++;
  };
  const { count, isDisplayed, nextSlot } = view;
  const ofOneMore = count < member.minItems ? bonus : 0;
  const ofOneLess = count <= member.minItems && nextSlot === -1 ? -bonus : 0;
  for (const slot of own) {
    const lost = isDisplayed[slot] === 1 ? ofOneLess : 0;
    add(none, contested[slot] ?? none, member.factor * worthRemoved(member, view, slot) + lost);
  }
  for (const entering of others) {
    const item = contested[entering] ?? none;
    const gain = member.factor * worthAdded(member, view, entering) + ofOneMore;
    add(item, none, gain);
    for (const leaving of own) {
      const isShown = isDisplayed[leaving] === 1;
      const instead = isShown ? member.factor * worthExchanged(member, view, entering, leaving) : gain;
      add(item, contested[leaving] ?? none, instead);
    }
  }
  return arcs;
}

/** What nobody has costs nothing to take. */
export function arcsFromNobody(owners: Int32Array): Arcs {
  const unowned: number[] = [];
  for (let item = 0; item < owners.length; item++) if (owners[item] === -1) unowned.push(item);
  return {
    from: new Int32Array(unowned.length).fill(owners.length),
    to: Int32Array.from(unowned),
    gain: new Float64Array(unowned.length),
  };
}

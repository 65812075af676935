import { type Draft, displayOrder, draftOf } from '../draft.ts';
import { limitOf } from '../limitOf.ts';
import type { Reader } from '../reader.ts';
import type { Contest } from '../score.ts';
import { settle } from '../settle.ts';
import { createExchange, type Exchange, type Member } from './exchange.ts';
import { giveToWhomTheyAreWorthMost } from './improvingCycles.ts';

/**
 * The best allocation of items to the chosen widgets where they stand: a maximum-weight assignment of contested items
 * to cells, with every widget's minimum. Values do not increase along a list, so each widget displays the first of its
 * items that it may, and its worth as a function of the items it is given is that of an assignment: a valuated
 * matroid. Items move along improving cycles until there is none, which is when the allocation is optimal (Murota:
 * Valuated Matroid Intersection, SIAM J. Discrete Math. 9, 1996; there, negative cycles).
 *
 * Exact for widgets that yield and block under the item key and for layouts without caps on brands and creators; others
 * take no part, and only settle with what is left to them. Starts from what `from` displays, if it is given: what is found does not depend on that. Undefined
 * when no allocation gives every widget its minimum.
 */
export function reallocate(
  contest: Contest,
  reader: Reader,
  { chosen, from }: { readonly chosen: readonly number[]; readonly from?: Draft },
): Draft | undefined {
  const shown = chosen.map((candidate) => from?.shown[from.chosen.indexOf(candidate)]);
  const fixed = displayOthers(contest, reader, { chosen, shown });
  if (fixed === undefined) return undefined;
  const exchange = createExchange(contest, reader, chosen);
  const placed = chosen.filter((candidate) => candidate >= 0).length;
  keep(exchange, shown);
  takeInTurn(exchange);
  giveToWhomTheyAreWorthMost(exchange);
  dropWhatIsNotDisplayed(exchange);
  takeInTurn(exchange);
  const result = fixed.slice();
  for (const [member, one] of exchange.members.entries()) {
    const places = displayed(exchange, member);
    if (places.length < one.minItems) return undefined;
    result[one.placement] = places;
  }
  const draft = draftOf(contest, chosen, result);
  if (exchange.members.length === placed) return draft;
  const settled = settle(contest, reader, draft);
  return isLargeEnough(contest, settled) ? settled : undefined;
}

const isLargeEnough = ({ input }: Contest, { chosen, shown }: Draft): boolean =>
  chosen.every((candidate, placement) => {
    const own = input.candidates[candidate];
    return own === undefined || (shown[placement]?.length ?? 0) >= own.minItems;
  });

const nothing: readonly number[] = [];

/** What those display who do not take part, as it is, and then the newcomers in turn; theirs alone is claimed then. */
function displayOthers(
  contest: Contest,
  reader: Reader,
  {
    chosen,
    shown,
  }: { readonly chosen: readonly number[]; readonly shown: readonly (readonly number[] | undefined)[] },
): (readonly number[])[] | undefined {
  reader.clear();
  const fixed = chosen.map(() => nothing);
  const others = displayOrder(contest, chosen).filter((placement) => {
    const dedupe = contest.input.candidates[chosen[placement] ?? -1]?.dedupe;
    return dedupe !== undefined && !(dedupe.key === 'item' && dedupe.yields && dedupe.blocks);
  });
  for (const placement of others) {
    const candidate = chosen[placement] ?? -1;
    const places = shown[placement]?.slice(0, limitOf(contest, candidate, placement));
    if (places === undefined) continue;
    reader.hold(candidate, placement, places);
    fixed[placement] = places;
  }
  for (const placement of others) {
    if (shown[placement] !== undefined) continue;
    const places = reader.take(chosen[placement] ?? -1, placement);
    if (places === undefined) return undefined;
    fixed[placement] = places;
  }
  return fixed;
}

/** Each member has what it displays. Its slots and what it displays are both in the order of its list. */
function keep({ members, owners }: Exchange, shown: readonly (readonly number[] | undefined)[]): void {
  for (let member = 0; member < members.length; member++) {
    const { placement, places, contested } = members[member] ?? nobody;
    const displayedThere = shown[placement] ?? nothing;
    let next = 0;
    for (let slot = 0; slot < places.length; slot++) {
      const place = places[slot] ?? -1;
      while (next < displayedThere.length && (displayedThere[next] ?? 0) < place) next++;
      const item = contested[slot] ?? -1;
      if (item !== -1 && displayedThere[next] === place) owners[item] = member;
    }
  }
}

/** Each member, in display order, takes what it would display and nobody has. */
function takeInTurn({ members, owners }: Exchange): void {
  for (const [member, { contested, limit }] of members.entries()) {
    let count = 0;
    for (let slot = 0; slot < contested.length && count < limit; slot++) {
      const item = contested[slot] ?? -1;
      if (item !== -1 && owners[item] !== -1 && owners[item] !== member) continue;
      if (item !== -1) owners[item] = member;
      count++;
    }
  }
}

/** What a member has and does not display is nobody's. */
function dropWhatIsNotDisplayed({ members, owners }: Exchange): void {
  for (const [member, one] of members.entries()) {
    let count = 0;
    for (const item of one.contested) {
      if (item !== -1 && owners[item] !== member) continue;
      if (item !== -1 && count >= one.limit) owners[item] = -1;
      count++;
    }
  }
}

function displayed({ members, owners }: Exchange, member: number): number[] {
  const { places, contested, limit } = members[member] ?? nobody;
  const mine: number[] = [];
  for (let slot = 0; slot < contested.length && mine.length < limit; slot++) {
    const item = contested[slot] ?? -1;
    if (item === -1 || owners[item] === member) mine.push(places[slot] ?? 0);
  }
  return mine;
}

const nobody: Pick<Member, 'placement' | 'places' | 'contested' | 'limit'> = {
  placement: -1,
  places: nothing,
  contested: nothing,
  limit: 0,
};

/** Whether exactness can be had, and with it the pass: caps on items make what one may show depend on the others. */
export const canReallocate = ({ input }: Contest): boolean =>
  input.layout.caps.every(({ by }) => by === 'team');

import { type Arcs, collectArcs, collectArcsFromNobody, createArcs } from './arcs.ts';
import type { Exchange, Member } from './exchange.ts';
import { createView, look, type MemberView } from './memberView.ts';
import { positiveCycle } from './positiveCycle.ts';

/** How many cycles may be followed for one page. Most pages need few; only many large, equal lists would need more. */
const mostCycles = 200;

/** Below this share of all there is to gain, a gain is none. */
const negligible = 1e-10;

/** Room to work in, by member; used by one call at a time, and never seen outside. */
const views: MemberView[] = [];
const lists: Arcs[] = [];
const fromNobody = createArcs();

/**
 * Moves contested items along improving cycles until there is none. Nodes are the contested items, and one more for
 * none; a cycle through it is a path: the last item goes to a member that has room, or the first is not replaced.
 */
export function giveToWhomTheyAreWorthMost(exchange: Exchange): void {
  const { members, owners } = exchange;
  if (owners.length === 0) return;
  const bonus = 2 * members.reduce((sum, member) => sum + mostWorthOf(member), Number.MIN_VALUE);
  const tolerance = bonus * negligible;
  const worths = members.map((_, index) => lookAt(exchange, index, bonus));
  for (let cycles = 0; cycles < mostCycles; cycles++) {
    collectArcsFromNobody(fromNobody, owners);
    const cycle = positiveCycle(
      [...lists.slice(0, members.length), fromNobody],
      owners.length + 1,
      tolerance,
    );
    if (cycle === undefined) return;
    const formerly = owners.slice();
    const touched = new Set<number>();
    for (const { list, from } of cycle) {
      if (list !== members.length) touched.add(list);
      if (from !== owners.length) owners[from] = list;
    }
    let gain = 0;
    for (const index of touched) {
      const worth = lookAt(exchange, index, bonus);
      gain += worth - (worths[index] ?? 0);
      worths[index] = worth;
    }
    if (gain <= tolerance) {
      // Several changes at one member need not add up: what they promised was not there.
      for (const [item, owner] of formerly.entries()) owners[item] = owner;
      return;
    }
  }
}

/** Looks at a member anew, collects what it can take and give, and returns what it is worth, the bonus included. */
function lookAt(exchange: Exchange, index: number, bonus: number): number {
  const member = exchange.members[index];
  if (member === undefined) return 0;
  const view = views[index] ?? createView();
  const list = lists[index] ?? createArcs();
  views[index] = view;
  lists[index] = list;
  look(view, member, (item) => exchange.owners[item] === index);
  collectArcs(list, exchange, { index, view, bonus });
  return member.factor * (view.here[view.count] ?? 0) + bonus * Math.min(view.count, member.minItems);
}

/** More than a member's items can be worth to it. */
function mostWorthOf({ factor, values }: Member): number {
  let sum = 0;
  for (const value of values) sum += value;
  return factor * sum;
}

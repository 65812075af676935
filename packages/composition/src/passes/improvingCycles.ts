import { arcsFromNobody, arcsInto } from './arcs.ts';
import type { Exchange, Member } from './exchange.ts';
import { type MemberView, viewOf } from './memberView.ts';
import { positiveCycle } from './positiveCycle.ts';

/** How many cycles may be followed for one page. Most pages need few; only many large, equal lists would need more. */
const mostCycles = 200;

/** Below this share of all there is to gain, a gain is none. */
const negligible = 1e-10;

/**
 * Moves contested items along improving cycles until there is none. Nodes are the contested items, and one more for
 * none; a cycle through it is a path: the last item goes to a member that has room, or the first is not replaced.
 */
export function giveToWhomTheyAreWorthMost(exchange: Exchange): void {
  const { members, owners } = exchange;
  if (owners.length === 0) return;
  const bonus = 2 * members.reduce((sum, member) => sum + mostWorthOf(member), Number.MIN_VALUE);
  const tolerance = bonus * negligible;
  const look = (member: Member, index: number) => viewOf(member, (item) => owners[item] === index);
  const views = members.map(look);
  const lists = members.map((_, index) =>
    arcsInto(exchange, index, { view: views[index] ?? nobodysView, bonus }),
  );
  for (let cycles = 0; cycles < mostCycles; cycles++) {
    const nobody = lists.length;
    const cycle = positiveCycle([...lists, arcsFromNobody(owners)], owners.length + 1, tolerance);
    if (cycle === undefined) return;
    const formerly = owners.slice();
    const touched = new Set<number>();
    for (const { list, from } of cycle) {
      if (list !== nobody) touched.add(list);
      if (from !== owners.length) owners[from] = list;
    }
    let gain = 0;
    for (const index of touched) {
      const member = members[index];
      const before = views[index];
      if (member === undefined || before === undefined) continue;
      const after = look(member, index);
      views[index] = after;
      gain += worthIn(member, after, bonus) - worthIn(member, before, bonus);
    }
    if (gain <= tolerance) {
      // Several changes at one member need not add up: what they promised was not there.
      owners.set(formerly);
      return;
    }
    for (const index of touched)
      lists[index] = arcsInto(exchange, index, { view: views[index] ?? nobodysView, bonus });
  }
}

const nobodysView = viewOf(
  {
    placement: -1,
    candidate: -1,
    factor: 0,
    minItems: 0,
    limit: 0,
    places: new Int32Array(0),
    values: new Float64Array(0),
    contested: new Int32Array(0),
  },
  () => false,
);

/** More than a member's items can be worth to it. */
function mostWorthOf({ factor, values }: Member): number {
  let sum = 0;
  for (const value of values) sum += value;
  return factor * sum;
}

const worthIn = ({ factor, minItems }: Member, { here, count }: MemberView, bonus: number): number =>
  factor * (here[count] ?? 0) + bonus * Math.min(count, minItems);

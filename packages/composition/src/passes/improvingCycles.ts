import { type Exchange, none, valueWith } from './exchange.ts';

/** An item leaves whoever has it (or nobody) and goes to a member, where another leaves (or nobody has to). */
interface Arc {
  readonly from: number;
  readonly to: number;
  readonly member: number;
  readonly gain: number;
}

/** How many values may be worked out for one page: some milliseconds. Only pages of many large, equal lists need more. */
const mostValues = 60_000;

/**
 * Moves contested items along improving cycles until there is none. Nodes are the contested items, and one for what
 * needs no exchange; a cycle through it is a path: the last item goes to a member that has room, or the first is
 * not replaced.
 */
export function giveToWhomTheyAreWorthMost(exchange: Exchange): void {
  if (exchange.owners.length === 0) return;
  const bonus = bonusOf(exchange);
  const tolerance = bonus * 1e-10;
  for (let values = 0; values < mostValues; ) {
    const arcs = arcsOf(exchange, bonus);
    values += arcs.length;
    const cycle = improvingCycle(arcs, exchange.owners.length + 1, tolerance);
    if (cycle === undefined || !follow(exchange, cycle, { bonus, tolerance })) return;
  }
}

/** More than all that items are worth together. */
function bonusOf({ members }: Exchange): number {
  let most = Number.MIN_VALUE;
  for (const { factor, values } of members) for (const value of values) most += factor * value;
  return 2 * most;
}

function arcsOf(exchange: Exchange, bonus: number): Arc[] {
  const { members, owners, holders } = exchange;
  const free = owners.length;
  const owned: number[][] = members.map(() => []);
  for (let item = 0; item < owners.length; item++) owned[owners[item] ?? -1]?.push(item);
  const before = members.map((_, member) =>
    valueWith(exchange, { member, bonus }, { added: none, removed: none }),
  );
  const arcs: Arc[] = [];
  const add = (from: number, to: number, member: number, change: { added: number; removed: number }) =>
    arcs.push({
      from,
      to,
      member,
      gain: valueWith(exchange, { member, bonus }, change) - (before[member] ?? 0),
    });
  for (let item = 0; item < owners.length; item++) {
    const owner = owners[item] ?? -1;
    if (owner === -1) arcs.push({ from: free, to: item, member: -1, gain: 0 });
    else add(free, item, owner, { added: none, removed: item });
    for (const member of holders[item] ?? []) {
      if (member === owner) continue;
      add(item, free, member, { added: item, removed: none });
      for (const other of owned[member] ?? []) add(item, other, member, { added: item, removed: other });
    }
  }
  return arcs;
}

/**
 * A cycle whose gains sum to more than nothing, as arcs, or undefined when there is none. Bellman: On a routing
 * problem, 1958, for longest paths from everywhere at once, looking for a cycle of predecessors after each round.
 */
function improvingCycle(arcs: readonly Arc[], nodes: number, tolerance: number): Arc[] | undefined {
  const best = new Float64Array(nodes);
  const via: (Arc | undefined)[] = Array.from({ length: nodes });
  for (let round = 0; round <= nodes; round++) {
    let isSettled = true;
    for (const arc of arcs) {
      const reached = (best[arc.from] ?? 0) + arc.gain;
      if (reached <= (best[arc.to] ?? 0) + tolerance) continue;
      best[arc.to] = reached;
      via[arc.to] = arc;
      isSettled = false;
    }
    if (isSettled) return undefined;
    const cycle = cycleOf(via);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** A cycle among the arcs by which nodes were reached, if there is one. */
function cycleOf(via: readonly (Arc | undefined)[]): Arc[] | undefined {
  const walkOf = new Int32Array(via.length).fill(-1);
  for (let start = 0; start < via.length; start++) {
    let node = start;
    while (walkOf[node] === -1 && via[node] !== undefined) {
      walkOf[node] = start;
      node = via[node]?.from ?? node;
    }
    if (walkOf[node] !== start || via[node] === undefined) continue;
    const cycle: Arc[] = [];
    for (let at = node; ; ) {
      const arc = via[at];
      if (arc === undefined) break;
      cycle.push(arc);
      at = arc.from;
      if (at === node) return cycle;
    }
  }
  return undefined;
}

/** Gives the items of a cycle to their new owners; takes it back, and says no, if nothing is gained by it. */
function follow(
  exchange: Exchange,
  cycle: readonly Arc[],
  { bonus, tolerance }: { readonly bonus: number; readonly tolerance: number },
): boolean {
  const { members, owners } = exchange;
  const total = () =>
    members.reduce(
      (sum, _, member) => sum + valueWith(exchange, { member, bonus }, { added: none, removed: none }),
      0,
    );
  const before = total();
  const formerly = owners.slice();
  const free = owners.length;
  for (const { from, member } of cycle) if (from !== free) owners[from] = member;
  if (total() > before + tolerance) return true;
  owners.set(formerly);
  return false;
}

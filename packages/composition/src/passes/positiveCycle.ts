import type { Arcs } from './arcs.ts';

/** One arc of a cycle, by the list that it is in. */
export interface Step {
  readonly list: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A cycle whose gains sum to more than `tolerance`, or undefined when there is none. Longest paths from everywhere at
 * once, after Bellman: On a routing problem. Quarterly of Applied Mathematics 16, 1958; as soon as the arcs by
 * which nodes were reached close a cycle, that is one.
 */
export function positiveCycle(lists: readonly Arcs[], nodes: number, tolerance: number): Step[] | undefined {
  makeRoom(nodes);
  best.fill(0, 0, nodes);
  viaList.fill(-1, 0, nodes);
  for (let round = 0; round <= nodes; round++) {
    if (!reachFurther(lists, tolerance)) return undefined;
    const cycle = cycleAmong(nodes);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** By node: the most that a path to it gains, and its last arc: the list that it is in, and where it comes from. */
let best = new Float64Array(0);
let viaList = new Int32Array(0);
let viaNode = new Int32Array(0);
let walkOf = new Int32Array(0);

function makeRoom(nodes: number): void {
  if (best.length >= nodes) return;
  best = new Float64Array(2 * nodes);
  viaList = new Int32Array(2 * nodes);
  viaNode = new Int32Array(2 * nodes);
  walkOf = new Int32Array(2 * nodes);
}

/** Lengthens every path by every arc that makes it gain more; false when there is none. */
function reachFurther(lists: readonly Arcs[], tolerance: number): boolean {
  let hasChanged = false;
  for (const [list, { count, from, to, gain }] of lists.entries()) {
    for (let arc = 0; arc < count; arc++) {
      const source = from[arc] ?? 0;
      const target = to[arc] ?? 0;
      const reached = (best[source] ?? 0) + (gain[arc] ?? 0);
      if (reached <= (best[target] ?? 0) + tolerance) continue;
      best[target] = reached;
      viaList[target] = list;
      viaNode[target] = source;
      hasChanged = true;
    }
  }
  return hasChanged;
}

/** A cycle among the arcs by which nodes were reached, if there is one. */
function cycleAmong(nodes: number): Step[] | undefined {
  walkOf.fill(-1, 0, nodes);
  for (let start = 0; start < nodes; start++) {
    let node = start;
    while (walkOf[node] === -1 && viaList[node] !== -1) {
      walkOf[node] = start;
      node = viaNode[node] ?? node;
    }
    if (walkOf[node] !== start || viaList[node] === -1) continue;
    const cycle: Step[] = [];
    let at = node;
    do {
      const from = viaNode[at] ?? at;
      cycle.push({ list: viaList[at] ?? -1, from, to: at });
      at = from;
    } while (at !== node);
    return cycle;
  }
  return undefined;
}

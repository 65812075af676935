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
  const best = new Float64Array(nodes);
  const viaList = new Int32Array(nodes).fill(-1);
  const viaNode = new Int32Array(nodes);
  for (let round = 0; round <= nodes; round++) {
    let isSettled = true;
    for (let list = 0; list < lists.length; list++) {
      const { from, to, gain } = lists[list] ?? noArcs;
      for (let arc = 0; arc < from.length; arc++) {
        const source = from[arc] ?? 0;
        const target = to[arc] ?? 0;
        const reached = (best[source] ?? 0) + (gain[arc] ?? 0);
        if (reached <= (best[target] ?? 0) + tolerance) continue;
        best[target] = reached;
        viaList[target] = list;
        viaNode[target] = source;
        isSettled = false;
      }
    }
    if (isSettled) return undefined;
    const cycle = cycleOf(viaList, viaNode);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

const noArcs: Arcs = { from: new Int32Array(0), to: new Int32Array(0), gain: new Float64Array(0) };

/** A cycle among the arcs by which nodes were reached, if there is one. */
function cycleOf(viaList: Int32Array, viaNode: Int32Array): Step[] | undefined {
  const walkOf = new Int32Array(viaList.length).fill(-1);
  for (let start = 0; start < viaList.length; start++) {
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

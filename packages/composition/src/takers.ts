import type { Placement } from '@widget-mediator/contracts';
import type { Candidate } from './candidate.ts';
import { shownAtMost } from './eligibility.ts';

/** Which candidates fit which placements, both by index. */
export interface Takers {
  canTake(candidate: number, placement: number): boolean;
  canTakeAny(candidate: number): boolean;
}

/** Works out kinds and sizes once: a page has few different ones. */
export function createTakers(candidates: readonly Candidate[], placements: readonly Placement[]): Takers {
  const shapes = [...new Set(placements.map(shapeOf))];
  const shapeOfPlacement = placements.map((placement) => shapes.indexOf(shapeOf(placement)));
  const examples = shapes.map((shape) => placements.find((placement) => shapeOf(placement) === shape));
  const fits = new Uint8Array(shapes.length * candidates.length);
  for (const [shape, placement] of examples.entries()) {
    if (!placement) continue;
    for (let index = 0; index < candidates.length; index++) {
      const candidate = candidates[index];
      if (!candidate?.placements.includes(placement.kind)) continue;
      if (shownAtMost(candidate, placement) < candidate.minItems) continue;
      fits[shape * candidates.length + index] = 1;
    }
  }
  const count = candidates.length;
  return {
    canTake: (candidate, placement) => fits[(shapeOfPlacement[placement] ?? -1) * count + candidate] === 1,
    canTakeAny: (candidate) => shapes.some((_, shape) => fits[shape * count + candidate] === 1),
  };
}

const shapeOf = ({ kind, maxItems }: Placement): string => `${kind}/${maxItems ?? ''}`;

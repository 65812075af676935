import type { Placement } from '@widget-mediator/contracts';
import type { Candidate } from './candidate.ts';
import { shownAtMost } from './eligibility.ts';

/** Which candidates fit which placements, both by index. */
export interface Takers {
  canTake(candidate: number, placement: number): boolean;
  canTakeAny(candidate: number): boolean;
}

/** The different kinds and sizes of a page's placements, and which of them each placement has. */
interface Shapes {
  readonly examples: readonly Placement[];
  readonly ofPlacement: readonly number[];
}

/** Layouts are immutable and outlive pages: the shapes of each are worked out once. */
const remembered = new WeakMap<readonly Placement[], Shapes>();

/** Works out who fits each shape; a page has few different ones. Only the takers that were made last may be used. */
export function createTakers(candidates: readonly Candidate[], placements: readonly Placement[]): Takers {
  const { examples, ofPlacement } = shapesOf(placements);
  const count = candidates.length;
  const { fits, fitsAny } = roomFor(examples.length, count);
  for (let shape = 0; shape < examples.length; shape++) {
    const placement = examples[shape];
    if (placement === undefined) continue;
    for (let index = 0; index < count; index++) {
      const candidate = candidates[index];
      if (candidate === undefined || !candidate.placements.includes(placement.kind)) continue;
      if (shownAtMost(candidate, placement) < candidate.minItems) continue;
      fits[shape * count + index] = 1;
      fitsAny[index] = 1;
    }
  }
  return {
    canTake: (candidate, placement) => fits[(ofPlacement[placement] ?? -1) * count + candidate] === 1,
    canTakeAny: (candidate) => fitsAny[candidate] === 1,
  };
}

/** Shared by all pages of the process: see `score.ts`. */
const room = { fits: new Uint8Array(0), fitsAny: new Uint8Array(0) };

function roomFor(shapes: number, candidates: number): typeof room {
  if (room.fits.length < shapes * candidates || room.fitsAny.length < candidates) {
    room.fits = new Uint8Array(2 * shapes * candidates);
    room.fitsAny = new Uint8Array(2 * candidates);
  }
  room.fits.fill(0, 0, shapes * candidates);
  room.fitsAny.fill(0, 0, candidates);
  return room;
}

function shapesOf(placements: readonly Placement[]): Shapes {
  const known = remembered.get(placements);
  if (known !== undefined) return known;
  const isLike = (a: Placement) => (b: Placement) => a.kind === b.kind && a.maxItems === b.maxItems;
  const examples = placements.filter((placement, index) => placements.findIndex(isLike(placement)) === index);
  const shapes = {
    examples,
    ofPlacement: placements.map((placement) => examples.findIndex(isLike(placement))),
  };
  remembered.set(placements, shapes);
  return shapes;
}

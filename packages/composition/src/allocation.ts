import { type Claims, claim, createClaims } from './claims.ts';
import { canTake, shownAtMost } from './eligibility.ts';
import type { Contest } from './score.ts';
import { createReader, type ReadShowable } from './showable.ts';
import { worthOf } from './worth.ts';

/** A candidate in a placement, both by index; `shown` are indexes into its items; `score` includes attention. */
export interface Placing {
  readonly candidate: number;
  readonly placement: number;
  readonly shown: readonly number[];
  readonly score: number;
}

/** The page as it fills: `placings` by placement; `placementOf` by candidate, -1 while it has none. */
export interface Allocation extends Contest {
  readonly claims: Claims;
  readonly read: ReadShowable;
  readonly placings: (Placing | undefined)[];
  readonly placementOf: number[];
}

/** The empty page. */
export function createAllocation(contest: Contest): Allocation {
  const { candidates, layout } = contest.input;
  const claims = createClaims(contest.keys);
  return {
    ...contest,
    claims,
    read: createReader(claims),
    placings: layout.placements.map(() => undefined),
    placementOf: candidates.map(() => -1),
  };
}

/** Whether a candidate is in the contest and has no placement yet. */
export function isOpen({ codes, placementOf }: Allocation, index: number): boolean {
  return codes[index] === undefined && placementOf[index] === -1;
}

/** Whether a candidate could be put into an empty placement now. */
export function canPlace(allocation: Allocation, index: number, placementIndex: number): boolean {
  const candidate = allocation.input.candidates[index];
  const placement = allocation.input.layout.placements[placementIndex];
  if (!candidate || !placement || !isOpen(allocation, index)) return false;
  return (
    allocation.placings[placementIndex] === undefined &&
    canTake(candidate, placement) &&
    allocation.read(candidate, index, candidate.minItems).length === candidate.minItems
  );
}

/** Puts a candidate into a placement where it {@link canPlace}: shows and claims its first items that are free. */
export function place(allocation: Allocation, index: number, placementIndex: number): void {
  const { claims, keys, values, input, placings, placementOf } = allocation;
  const candidate = input.candidates[index];
  const placement = input.layout.placements[placementIndex];
  if (!candidate || !placement) return;
  const start = keys.starts[index] ?? 0;
  const { places, length } = allocation.read(candidate, index, shownAtMost(candidate, placement));
  const shown: number[] = [];
  const worths = new Float64Array(length);
  for (let column = 0; column < length; column++) {
    const item = places[column] ?? 0;
    shown.push(item);
    worths[column] = values[keys.item[start + item] ?? 0] ?? 0;
    claim(claims, candidate.dedupe, start + item);
  }
  const score = placement.attention * worthOf(worths, { start: 0, columns: length, row: placementIndex + 1 });
  placings[placementIndex] = { candidate: index, placement: placementIndex, shown, score };
  placementOf[index] = placementIndex;
}

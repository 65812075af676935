import type { Entry } from './admit.ts';
import { shownAtMost } from './eligibility.ts';

/** How many items a candidate may show in a placement, both by index. */
export function limitOf(
  { input, placements }: Pick<Entry, 'input' | 'placements'>,
  candidate: number,
  placement: number,
): number {
  const one = input.candidates[candidate];
  const there = placements[placement];
  return one === undefined || there === undefined ? 0 : shownAtMost(one, there);
}

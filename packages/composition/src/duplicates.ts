import type { Allocation, Placing } from './allocation.ts';
import { isClaimed } from './claims.ts';

/** The items of a placed candidate, by index, that it does not show because the finished page holds their key. */
export function duplicatesOf(
  { claims, keys, input }: Allocation,
  { candidate: index, shown }: Placing,
): number[] {
  const candidate = input.candidates[index];
  const start = keys.starts[index] ?? 0;
  const duplicates: number[] = [];
  if (!candidate) return duplicates;
  let nextShown = 0;
  for (let place = 0; place < candidate.items.length; place++) {
    if (shown[nextShown] === place) nextShown++;
    else if (isClaimed(claims, candidate.dedupe, start + place)) duplicates.push(place);
  }
  return duplicates;
}

import { isWithinTeamCaps } from '../caps.ts';
import type { Contest } from '../score.ts';

/** Whether nothing but the items speaks against a candidate in a placement. */
export function isAllowed(
  contest: Contest,
  at: { readonly candidate: number; readonly placement: number; readonly chosen: ArrayLike<number> },
): boolean {
  return (
    contest.codes[at.candidate] === undefined &&
    contest.takers.canTake(at.candidate, at.placement) &&
    isWithinTeamCaps(contest, at)
  );
}

import { tierOf } from '../candidate.ts';
import { type Draft, draftOf, holdAllBut } from '../draft.ts';
import type { Reader } from '../reader.ts';
import { type Contest, createOrder } from '../score.ts';
import { settle } from '../settle.ts';
import { isAllowed } from './isAllowed.ts';

/**
 * Lets in whom the passes before made room for: an absent candidate that can be shown beside what the page displays
 * takes an empty placement, or one of a lower rung of the ladder. Not part of the search, whose iterations may be
 * spent: no page leaves a placement empty that could still be filled. Each step makes the page stand better, so
 * there are at most as many as placements and rungs.
 */
export function readmit(contest: Contest, reader: Reader, start: Draft): Draft {
  let draft = start;
  for (;;) {
    const next = withOneMore(contest, reader, draft);
    if (next === undefined) return draft;
    draft = next;
  }
}

function withOneMore(contest: Contest, reader: Reader, draft: Draft): Draft | undefined {
  const { input, pins } = contest;
  const { chosen } = draft;
  for (let placement = 0; placement < chosen.length; placement++) {
    const holder = input.candidates[chosen[placement] ?? -1];
    if (holder !== undefined && (holder.widget === pins[placement] || tierOf(holder.provenance) === 0))
      continue;
    const candidate = bestFor(contest, reader, {
      draft,
      placement,
      below: holder === undefined ? 3 : tierOf(holder.provenance),
    });
    if (candidate === undefined) continue;
    const changed = chosen.slice();
    changed[placement] = candidate;
    holdAllBut(reader, draft, placement);
    const places = reader.take(candidate, placement);
    if (places === undefined) continue;
    const shown = draft.shown.slice();
    shown[placement] = places;
    return settle(contest, reader, draftOf(contest, changed, shown));
  }
  return undefined;
}

/** The candidate of a rung above `below` that goes first among those that can be shown in a placement. */
function bestFor(
  contest: Contest,
  reader: Reader,
  { draft, placement, below }: { readonly draft: Draft; readonly placement: number; readonly below: number },
): number | undefined {
  const { chosen } = draft;
  const { candidates } = contest.input;
  holdAllBut(reader, draft, placement);
  let best: number | undefined;
  const worths = new Float64Array(candidates.length);
  const isAhead = createOrder(contest, worths);
  for (let candidate = 0; candidate < candidates.length; candidate++) {
    const own = candidates[candidate];
    if (own === undefined || tierOf(own.provenance) >= below || chosen.includes(candidate)) continue;
    if (!isAllowed(contest, { candidate, placement, chosen })) continue;
    const count = reader.look(candidate, placement);
    if (count < own.minItems) continue;
    worths[candidate] = contest.values.worthOf(candidate, reader.places, count);
    if (best === undefined || isAhead(candidate, best)) best = candidate;
  }
  return best;
}

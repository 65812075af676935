import { isWithinTeamCaps } from '../caps.ts';
import { type Draft, draftOf, worthOf } from '../draft.ts';
import { limitOf } from '../limitOf.ts';
import type { Reader } from '../reader.ts';
import { type Contest, createOrder } from '../score.ts';
import { factorOf } from '../weights.ts';

/**
 * The greedy page: pins first, in page order, before anybody else claims anything (a pin whose widget is absent, cannot
 * be shown there or has a placement already is not honoured), then each empty placement, down the page, to the foremost
 * candidate that can be shown there on unclaimed items. Only what is displayed claims.
 *
 * Lazily, after Minoux: Accelerated greedy algorithms for maximizing submodular set functions, 1978: what a widget was
 * worth when it was last looked at, and before that what its whole list would be, bounds what it is worth now, because
 * values do not increase along a list and claims only grow. Who is not ahead even so is not looked at. The page is the
 * one that looking at all, each time, makes.
 */
export function fillGreedily(contest: Contest, reader: Reader): Draft {
  const { placements } = contest;
  const chosen = placements.map(() => -1);
  const shown: (readonly number[])[] = placements.map(() => []);
  reader.clear();
  const put = (candidate: number, placement: number) => {
    const places = reader.take(candidate, placement);
    if (places === undefined) return;
    chosen[placement] = candidate;
    shown[placement] = places;
  };
  const pinned = pinnedCandidates(contest);
  for (const [candidate, placement] of pinned) {
    if (
      chosen[placement] === -1 &&
      !chosen.includes(candidate) &&
      isAllowed(contest, { candidate, placement, chosen })
    ) {
      put(candidate, placement);
    }
  }
  const prospects = createProspects(contest, reader, chosen);
  for (let placement = 0; placement < placements.length; placement++) {
    if (chosen[placement] !== -1) continue;
    const foremost = prospects.foremost(placement);
    if (foremost !== undefined) put(foremost, placement);
  }
  return draftOf(contest, chosen, shown);
}

/** Candidates with the placements that are promised to them, down the page. */
function pinnedCandidates({ input, pins }: Contest): [number, number][] {
  return pins.flatMap((pin, placement): [number, number][] => {
    if (pin === undefined) return [];
    const candidate = input.candidates.findIndex(({ widget }) => widget === pin);
    return candidate < 0 ? [] : [[candidate, placement]];
  });
}

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

/** What is known, while the page fills, of what candidates are worth. */
interface Prospects {
  /** The candidate that goes before all others that can be shown in a placement. */
  foremost(placement: number): number | undefined;
}

/** By candidate; used by one page at a time, and never seen outside. */
let bounds = new Float64Array(0);
let scores = new Float64Array(0);

function makeRoom(candidates: number): void {
  if (bounds.length >= candidates) return;
  bounds = new Float64Array(2 * candidates);
  scores = new Float64Array(2 * candidates);
}

function createProspects(contest: Contest, reader: Reader, chosen: readonly number[]): Prospects {
  const { precedence } = contest;
  const { candidates, layout } = contest.input;
  const mayRise = layout.caps.some(({ by }) => by !== 'team');
  const isOut = new Uint8Array(candidates.length);
  for (let index = 0; index < candidates.length; index++)
    if (contest.codes[index] !== undefined) isOut[index] = 1;
  for (const candidate of chosen) if (candidate >= 0) isOut[candidate] = 1;
  makeRoom(candidates.length);
  bounds.set(contest.mostWorths);
  const isAhead = createOrder(contest, scores);
  const mostFactor = 1 + layout.stability;

  /** Looks at a candidate; false when it cannot be shown. */
  function lookAt(candidate: number, placement: number): boolean {
    const own = candidates[candidate];
    if (own === undefined) return false;
    const limit = limitOf(contest, candidate, placement);
    const count = reader.look(candidate, placement, limit);
    if (count < own.minItems) {
      if (!mayRise) isOut[candidate] = 1;
      return false;
    }
    const worth = worthOf(contest, candidate, reader.places, count);
    if (limit === own.maxItems && !mayRise) bounds[candidate] = worth;
    scores[candidate] = worth * factorOf(contest, { candidate, placement, chosen });
    return true;
  }

  return {
    foremost(placement) {
      const attention = (contest.attention[placement] ?? 0) * mostFactor;
      let foremost: number | undefined;
      for (let candidate = 0; candidate < candidates.length; candidate++) {
        if (isOut[candidate] === 1) continue;
        if (foremost !== undefined) {
          const most = (bounds[candidate] ?? 0) * attention;
          const rank = precedence[candidate] ?? 0;
          const rankOfForemost = precedence[foremost] ?? 0;
          if (rank > rankOfForemost || (rank === rankOfForemost && most < (scores[foremost] ?? 0))) continue;
        }
        if (!isAllowed(contest, { candidate, placement, chosen })) continue;
        if (!lookAt(candidate, placement)) continue;
        if (foremost === undefined || isAhead(candidate, foremost)) foremost = candidate;
      }
      if (foremost !== undefined) isOut[foremost] = 1;
      return foremost;
    },
  };
}

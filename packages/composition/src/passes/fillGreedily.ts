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
  for (let placement = 0; placement < placements.length; placement++) {
    const candidate = pinnedTo(contest, placement);
    if (candidate < 0 || chosen.includes(candidate)) continue;
    if (isAllowed(contest, { candidate, placement, chosen })) put(candidate, placement);
  }
  const prospects = createProspects(contest, reader, chosen);
  for (let placement = 0; placement < placements.length; placement++) {
    if (chosen[placement] !== -1) continue;
    const foremost = prospects.foremost(placement);
    if (foremost !== undefined) put(foremost, placement);
  }
  return draftOf(contest, chosen, shown);
}

/** The candidate that a placement is promised to, or -1. */
function pinnedTo({ input, pins }: Contest, placement: number): number {
  const pin = pins[placement];
  return pin === undefined ? -1 : input.candidates.findIndex(({ widget }) => widget === pin);
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
const room = {
  /** What each is worth at most. */
  bounds: new Float64Array(0),
  /** What each is worth in the placement that it was last looked at for. */
  scores: new Float64Array(0),
  isOut: new Uint8Array(0),
};

function roomFor(candidates: number): typeof room {
  if (room.isOut.length < candidates) {
    room.bounds = new Float64Array(2 * candidates);
    room.scores = new Float64Array(2 * candidates);
    room.isOut = new Uint8Array(2 * candidates);
  }
  return room;
}

function createProspects(contest: Contest, reader: Reader, chosen: readonly number[]): Prospects {
  const { precedence, codes, mostWorths } = contest;
  const { candidates, layout } = contest.input;
  const count = candidates.length;
  const mayRise = layout.caps.some(({ by }) => by !== 'team');
  const mostFactor = 1 + layout.stability;
  const { bounds, scores, isOut } = roomFor(count);
  for (let candidate = 0; candidate < count; candidate++) {
    isOut[candidate] = codes[candidate] === undefined ? 0 : 1;
    bounds[candidate] = mostWorths[candidate] ?? 0;
  }
  for (const candidate of chosen) if (candidate >= 0) isOut[candidate] = 1;
  const isAhead = createOrder(contest, scores);
  /** Whom to look at first: the better that one is, the fewer others are looked at. */
  let likeliest = mostPromising();

  function mostPromising(): number {
    let first = -1;
    for (let candidate = 0; candidate < count; candidate++) {
      if (isOut[candidate] === 1) continue;
      const byRank = first === -1 ? -1 : (precedence[candidate] ?? 0) - (precedence[first] ?? 0);
      if (byRank < 0 || (byRank === 0 && (bounds[candidate] ?? 0) > (bounds[first] ?? 0))) first = candidate;
    }
    return first;
  }

  /** Whether a candidate can be shown in a placement: if so, its score there is known. */
  function isShown(candidate: number, placement: number): boolean {
    const own = candidates[candidate];
    if (own === undefined || !isAllowed(contest, { candidate, placement, chosen })) return false;
    const limit = limitOf(contest, candidate, placement);
    const length = reader.look(candidate, placement, limit);
    if (length < own.minItems) {
      if (!mayRise) isOut[candidate] = 1;
      return false;
    }
    const worth = worthOf(contest, candidate, reader.places, length);
    if (limit === own.maxItems && !mayRise) bounds[candidate] = worth;
    scores[candidate] = worth * factorOf(contest, { candidate, placement, chosen });
    return true;
  }

  /** What a candidate is worth at most, once its list is smoothed. */
  function boundMoreClosely(candidate: number): number {
    contest.valuesOf(candidate);
    const bound = Math.min(bounds[candidate] ?? 0, mostWorths[candidate] ?? 0);
    bounds[candidate] = bound;
    return bound;
  }

  return {
    foremost(placement) {
      const mostWeight = (contest.attention[placement] ?? 0) * mostFactor;
      let foremost = -1;
      let second = -1;
      let rank = Number.POSITIVE_INFINITY;
      let score = 0;
      for (let turn = -1; turn < count; turn++) {
        const candidate = turn === -1 ? likeliest : turn;
        if (candidate === -1 || isOut[candidate] === 1 || turn === likeliest) continue;
        const ownRank = precedence[candidate] ?? 0;
        if (ownRank > rank) continue;
        if (ownRank === rank) {
          if ((bounds[candidate] ?? 0) * mostWeight < score) continue;
          if (boundMoreClosely(candidate) * mostWeight < score) continue;
        }
        if (!isShown(candidate, placement)) continue;
        if (foremost === -1 || isAhead(candidate, foremost)) {
          second = foremost;
          foremost = candidate;
          rank = ownRank;
          score = scores[candidate] ?? 0;
        } else if (second === -1 || isAhead(candidate, second)) second = candidate;
      }
      if (foremost === -1) return undefined;
      isOut[foremost] = 1;
      likeliest = second === -1 ? mostPromising() : second;
      return foremost;
    },
  };
}

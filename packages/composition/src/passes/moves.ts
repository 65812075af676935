import { isWithinTeamCaps } from '../caps.ts';
import { columnDiscounts } from '../discount.ts';
import { type Draft, holdAllBut } from '../draft.ts';
import { limitOf } from '../limitOf.ts';
import type { Reader } from '../reader.ts';
import type { Contest } from '../score.ts';
import { compareStandings } from '../standing.ts';
import { factorOf } from '../weights.ts';
import { contendersFor } from './contenders.ts';
import { isAllowed } from './isAllowed.ts';

/** Another choice of widgets, and what at most it is likely to add to the score. */
export interface Move {
  readonly chosen: readonly number[];
  readonly prospect: number;
}

/**
 * The changes that may better a page, most promising first: an absent widget in an empty placement or in another's
 * place, two placements swapped. Those that would make the page stand better, whatever its score, come before all.
 */
export function movesFrom(contest: Contest, reader: Reader, draft: Draft): Move[] {
  const { chosen } = draft;
  const movable = [...chosen.keys()].filter((placement) => !isPinned(contest, chosen, placement));
  const moves = [...replacements(contest, reader, { draft, movable }), ...swaps(contest, { draft, movable })];
  return moves.sort((a, b) => (a.prospect === b.prospect ? 0 : b.prospect - a.prospect));
}

const isPinned = ({ input, pins }: Contest, chosen: readonly number[], placement: number): boolean =>
  pins[placement] !== undefined && input.candidates[chosen[placement] ?? -1]?.widget === pins[placement];

interface From {
  readonly draft: Draft;
  /** The placements that are not held by a pin. */
  readonly movable: readonly number[];
}

/** The prospect of a change that makes the page stand better, whatever its score. */
const standsBetter = Number.POSITIVE_INFINITY;

/** What promises a smaller share of the score is not tried: most would gain less than that, or nothing. */
const leastShare = 0.0025;

function replacements(contest: Contest, reader: Reader, { draft, movable }: From): Move[] {
  const { precedence } = contest;
  const { chosen, worths } = draft;
  const contenders = contendersFor(contest, reader, chosen);
  if (contenders.length === 0) return [];
  const moves: Move[] = [];
  for (const placement of movable) {
    const leaving = chosen[placement] ?? -1;
    const rank = leaving < 0 ? Number.POSITIVE_INFINITY : (precedence[leaving] ?? 0);
    const lost =
      leaving < 0
        ? 0
        : (worths[placement] ?? 0) * factorOf(contest, { candidate: leaving, placement, chosen });
    const released = leaving < 0 ? 0 : gainOfOthers(contest, reader, { draft, placement });
    for (const { candidate, worth } of contenders) {
      const rankOfEntering = precedence[candidate] ?? 0;
      if (rankOfEntering > rank) continue;
      const gained = worth * factorOf(contest, { candidate, placement, chosen });
      const prospect = rankOfEntering < rank ? standsBetter : gained - lost + released;
      if (prospect <= leastShare * draft.score || !isAllowed(contest, { candidate, placement, chosen }))
        continue;
      const changed = chosen.slice();
      changed[placement] = candidate;
      moves.push({ chosen: changed, prospect });
    }
  }
  return moves;
}

/** What the others on the page gain, each for itself, from what one of them displays. */
function gainOfOthers(
  contest: Contest,
  reader: Reader,
  { draft: { chosen, shown, worths }, placement }: { readonly draft: Draft; readonly placement: number },
): number {
  holdAllBut(reader, { chosen, shown }, placement);
  let gain = 0;
  for (let other = 0; other < chosen.length; other++) {
    const candidate = chosen[other] ?? -1;
    if (other === placement || candidate < 0) continue;
    const limit = limitOf(contest, candidate, other);
    const more = reader.look(candidate, other, limit);
    const worth = worthOfBoth(contest, candidate, {
      shown: shown[other] ?? [],
      places: reader.places,
      more,
      limit,
    });
    gain +=
      Math.max(0, worth - (worths[other] ?? 0)) * factorOf(contest, { candidate, placement: other, chosen });
  }
  return gain;
}

/** Of what is shown and the first `more` places, both ascending, read in the order of the list as far as the limit. */
function worthOfBoth(
  contest: Contest,
  candidate: number,
  {
    shown,
    places,
    more,
    limit,
  }: {
    readonly shown: readonly number[];
    readonly places: Int32Array;
    readonly more: number;
    readonly limit: number;
  },
): number {
  const values = contest.values.of(candidate);
  const start = contest.keys.starts[candidate] ?? 0;
  let worth = 0;
  let ofShown = 0;
  let ofMore = 0;
  for (let column = 0; column < limit; column++) {
    const one = ofShown < shown.length ? (shown[ofShown] ?? 0) : Number.POSITIVE_INFINITY;
    const other = ofMore < more ? (places[ofMore] ?? 0) : Number.POSITIVE_INFINITY;
    if (one === other) break;
    const place = Math.min(one, other);
    if (place === one) ofShown += 1;
    else ofMore += 1;
    worth += (values[start + place] ?? 0) * (columnDiscounts[column] ?? 0);
  }
  return worth;
}

function swaps(contest: Contest, { draft, movable }: From): Move[] {
  const { chosen, score } = draft;
  const moves: Move[] = [];
  for (const [index, placement] of movable.entries()) {
    // What diversity takes from a row depends on all rows above: then only neighbours are worth the counting.
    const others =
      contest.input.layout.diversity === undefined
        ? movable.slice(index + 1)
        : movable.slice(index + 1, index + 2);
    for (const other of others) {
      if (chosen[placement] === chosen[other]) continue;
      const changed = chosen.slice();
      changed[placement] = chosen[other] ?? -1;
      changed[other] = chosen[placement] ?? -1;
      if (!fits(contest, changed, placement) || !fits(contest, changed, other)) continue;
      const standing = compareStandings(contest, changed, chosen);
      const prospect = standing > 0 ? standsBetter : scoreAs(contest, draft, changed) - score;
      if (standing >= 0 && prospect > leastShare * score) moves.push({ chosen: changed, prospect });
    }
  }
  return moves;
}

/** Whether what was moved to a placement may stand there. */
function fits(contest: Contest, chosen: readonly number[], placement: number): boolean {
  const candidate = chosen[placement] ?? -1;
  if (candidate < 0) return true;
  return (
    contest.takers.canTake(candidate, placement) &&
    isWithinTeamCaps(contest, { candidate, placement, chosen })
  );
}

/** The score were everybody to display what they do now in their new places. */
function scoreAs(contest: Contest, { chosen, worths }: Draft, changed: readonly number[]): number {
  let score = 0;
  for (let placement = 0; placement < changed.length; placement++) {
    const candidate = changed[placement] ?? -1;
    if (candidate < 0) continue;
    score +=
      (worths[chosen.indexOf(candidate)] ?? 0) * factorOf(contest, { candidate, placement, chosen: changed });
  }
  return score;
}

import { isWithinTeamCaps, itemCapsOf } from './caps.ts';
import { createClaims } from './claims.ts';
import type { Draft } from './draft.ts';
import { limitOf } from './limitOf.ts';
import type { Contest } from './score.ts';
import { compareStandings } from './standing.ts';

/**
 * Whether a page keeps every promise that the page before it kept: each widget once, where it fits and within its sizes;
 * nothing barred, nothing in conflict, nothing above a cap; pins where they were honoured; no worse a standing and no
 * lower a score. What a pass made is looked at with it, so that a fault of a pass costs its gain and nothing else.
 */
export function keepsPromises(contest: Contest, page: Draft, before: Draft): boolean {
  return (
    placesEachOnce(contest, page) &&
    showsNothingTwice(contest, page) &&
    isWithinCaps(contest, page) &&
    honoursPins(contest, page, before) &&
    isNoWorse(contest, page, before)
  );
}

function isNoWorse(contest: Contest, page: Draft, before: Draft): boolean {
  const standing = compareStandings(contest, page.chosen, before.chosen);
  return standing === 0 ? page.score >= before.score : standing > 0;
}

function placesEachOnce(contest: Contest, { chosen, shown }: Draft): boolean {
  const placed = chosen.filter((candidate) => candidate >= 0);
  if (new Set(placed).size < placed.length) return false;
  return chosen.every((candidate, placement) => {
    if (candidate < 0) return (shown[placement]?.length ?? 0) === 0;
    const count = shown[placement]?.length ?? 0;
    return (
      contest.codes[candidate] === undefined &&
      contest.takers.canTake(candidate, placement) &&
      count >= (contest.input.candidates[candidate]?.minItems ?? 1) &&
      count <= limitOf(contest, candidate, placement)
    );
  });
}

function showsNothingTwice(contest: Contest, { chosen, shown }: Draft): boolean {
  const { keys, barred, input } = contest;
  const claims = createClaims(contest);
  for (let placement = 0; placement < chosen.length; placement++) {
    const candidate = chosen[placement] ?? -1;
    if (candidate < 0) continue;
    const places = shown[placement] ?? [];
    const start = keys.starts[candidate] ?? 0;
    const list = keys.of[candidate];
    const own = list?.repeats === true ? new Set<number>() : undefined;
    let last = -1;
    for (const place of places) {
      if (place <= last || claims.isClaimed(candidate, place)) return false;
      if (barred !== undefined && barred[start + place] !== 0) return false;
      own?.add(list?.own[place] ?? -1);
      last = place;
    }
    const yields = input.candidates[candidate]?.dedupe.yields === true;
    if (yields && own !== undefined && own.size < places.length) return false;
    claims.claim(candidate, places);
  }
  return true;
}

function isWithinCaps(contest: Contest, { chosen, shown }: Draft): boolean {
  if (contest.input.layout.caps.length === 0) return true;
  const caps = itemCapsOf(contest);
  return chosen.every((candidate, placement) => {
    if (candidate < 0) return true;
    for (const place of shown[placement] ?? []) {
      if (caps?.verdictOn(candidate, placement, place) !== undefined) return false;
      caps?.count(candidate, placement, [place]);
    }
    return isWithinTeamCaps(contest, { candidate, placement, chosen });
  });
}

function honoursPins({ input, pins }: Contest, page: Draft, before: Draft): boolean {
  return pins.every((pin, placement) => {
    const kept = before.chosen[placement] ?? -1;
    const isHonoured = pin !== undefined && input.candidates[kept]?.widget === pin;
    return !isHonoured || page.chosen[placement] === kept;
  });
}

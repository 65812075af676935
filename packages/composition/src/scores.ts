import { createClaims } from './claims.ts';
import type { WidgetScore } from './composition.ts';
import type { Draft } from './draft.ts';
import { limitOf } from './limitOf.ts';
import type { Contest } from './score.ts';
import { weightOf } from './weights.ts';

/** What every candidate was worth: the placed ones in page order, then the others, best first. */
export function scoresOf(contest: Contest, draft: Draft): WidgetScore[] {
  const { input, placements } = contest;
  const { chosen, worths } = draft;
  const placed = placements.flatMap(({ id }, placement) => {
    const candidate = chosen[placement] ?? -1;
    return candidate < 0
      ? []
      : [
          {
            ...scoreOf(contest, { candidate, placement, chosen, worth: worths[placement] ?? 0 }),
            placement: id,
          },
        ];
  });
  const claims = createClaims(contest);
  const places = new Int32Array(
    input.candidates.reduce((most, { items }) => Math.max(most, items.length), 0),
  );
  const others = input.candidates.flatMap((_, candidate) => {
    if (chosen.includes(candidate)) return [];
    const placement = placements.findIndex((_there, index) => contest.takers.canTake(candidate, index));
    const count = claims.read(candidate, limitOf(contest, candidate, placement), places);
    const worth = placement < 0 ? 0 : contest.values.worthOf(candidate, places, count);
    return [scoreOf(contest, { candidate, placement, chosen, worth })];
  });
  return [...placed, ...others.sort((a, b) => b.score - a.score || (a.widget < b.widget ? -1 : 1))];
}

/** A score and its parts: items × attention × stability × diversity, and what the strategy says. */
function scoreOf(
  contest: Contest,
  at: Parameters<typeof weightOf>[1] & { readonly worth: number },
): WidgetScore {
  const { attention, stability, diversity } = weightOf(contest, at);
  return {
    widget: contest.input.candidates[at.candidate]?.widget ?? '',
    score: at.worth * attention * stability * diversity,
    parts: { items: at.worth, attention, stability, diversity, ...contest.scorer.partsOf(at.candidate) },
  };
}

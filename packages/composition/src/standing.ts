import type { Draft } from './draft.ts';
import type { Contest } from './score.ts';

const negligible = 1e-9;

/**
 * Whether one page is better than another: as it stands ({@link compareStandings}), and where that decides nothing, by
 * score.
 */
export function isBetter(contest: Contest, page: Draft, than: Draft): boolean {
  const byStanding = compareStandings(contest, page.chosen, than.chosen);
  if (byStanding !== 0) return byStanding > 0;
  return page.score > than.score + negligible * Math.abs(than.score);
}

/**
 * Above 0 when the first page stands better whatever the scores, below when worse, 0 when scores decide. In this order:
 * more required placements filled; more placements filled; more widgets of the best precedence, then of the next; and
 * better precedences where a page is looked at more. Each is a fact of one page alone, so the order is transitive.
 */
export function compareStandings(contest: Contest, a: readonly number[], b: readonly number[]): number {
  const { placements, precedence } = contest;
  let required = 0;
  let filled = 0;
  let differs = false;
  for (let placement = 0; placement < placements.length; placement++) {
    const one = a[placement] ?? -1;
    const other = b[placement] ?? -1;
    if (one === other || (one >= 0 && other >= 0 && precedence[one] === precedence[other])) continue;
    differs = true;
    const gained = Number(one >= 0) - Number(other >= 0);
    filled += gained;
    if (placements[placement]?.required === true) required += gained;
  }
  if (!differs) return 0;
  if (required !== 0 || filled !== 0) return required === 0 ? filled : required;
  const ranks = ranksByAttention(contest, a);
  const otherRanks = ranksByAttention(contest, b);
  const ascending = (one: number, other: number) => one - other;
  return (
    firstDifference(otherRanks.toSorted(ascending), ranks.toSorted(ascending)) ||
    firstDifference(otherRanks, ranks)
  );
}

/** The precedences of a page's widgets, in the order in which their placements are looked at. */
function ranksByAttention({ attention, precedence }: Contest, chosen: readonly number[]): number[] {
  return [...chosen.keys()]
    .filter((placement) => (chosen[placement] ?? -1) >= 0)
    .sort((one, other) => (attention[other] ?? 0) - (attention[one] ?? 0))
    .map((placement) => precedence[chosen[placement] ?? -1] ?? 0);
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? one;
    if (one !== other) return one - other;
  }
  return 0;
}

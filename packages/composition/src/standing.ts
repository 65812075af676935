import type { Draft } from './draft.ts';
import type { Contest } from './score.ts';

const negligible = 1e-9;

/**
 * Whether one page is better than another: first by how many required placements are filled, then by how much attention
 * goes to each precedence, best first (so that a fuller page is better, and one with better rungs of the ladder or a
 * better rank), then by score.
 */
export function isBetter(contest: Contest, page: Draft, than: Draft): boolean {
  const byStanding = compareStandings(contest, page.chosen, than.chosen);
  if (byStanding !== 0) return byStanding > 0;
  return page.score > than.score + negligible * Math.max(1, Math.abs(than.score));
}

/** Above 0 when the first page stands better whatever the scores, below when worse, 0 when scores decide. */
export function compareStandings(contest: Contest, a: Int32Array, b: Int32Array): number {
  const { placements, precedence, attention } = contest;
  let required = 0;
  /** What a precedence has more attention of in `a` than in `b`; few pages differ in many placements. */
  const gains = new Map<number, number>();
  const count = (candidate: number, placement: number, sign: number) => {
    if (candidate < 0) return;
    if (placements[placement]?.required === true) required += sign;
    const rank = precedence[candidate] ?? 0;
    gains.set(rank, (gains.get(rank) ?? 0) + sign * (attention[placement] ?? 0));
  };
  for (let placement = 0; placement < placements.length; placement++) {
    const one = a[placement] ?? -1;
    const other = b[placement] ?? -1;
    if (one === other || (one >= 0 && other >= 0 && precedence[one] === precedence[other])) continue;
    count(one, placement, 1);
    count(other, placement, -1);
  }
  if (required !== 0) return required;
  for (const rank of [...gains.keys()].sort((x, y) => x - y)) {
    const gain = gains.get(rank) ?? 0;
    if (Math.abs(gain) > negligible) return gain;
  }
  return 0;
}

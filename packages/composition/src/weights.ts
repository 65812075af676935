import { likenessOf } from './likeness.ts';
import type { Contest } from './score.ts';

/** Why a widget's worth counts as it does in a placement: the product of the three. */
export interface Weight {
  /** How much the placement is looked at. */
  readonly attention: number;
  /** 1, or more where the viewer last saw the widget. */
  readonly stability: number;
  /** 1, or less for a widget like those above it. */
  readonly diversity: number;
}

/**
 * What a candidate's worth is multiplied by in a placement, both by index, below the candidates `chosen` for the
 * placements above it, by placement (-1 where none).
 */
export function weightOf(
  contest: Contest,
  {
    candidate,
    placement,
    chosen,
  }: { readonly candidate: number; readonly placement: number; readonly chosen: ArrayLike<number> },
): Weight {
  const { input, placements, attention } = contest;
  const { layout, context } = input;
  const widget = input.candidates[candidate]?.widget;
  const place = placements[placement]?.id;
  const stays =
    layout.stability > 0 &&
    context.lastPage.some((stood) => stood.widget === widget && stood.placement === place);
  return {
    attention: attention[placement] ?? 0,
    stability: stays ? 1 + layout.stability : 1,
    diversity:
      1 - (layout.diversity?.weight ?? 0) * likenessToAbove(contest, { candidate, placement, chosen }),
  };
}

/** The same as one number, which is all that deciding needs. */
export function factorOf(contest: Contest, at: Parameters<typeof weightOf>[1]): number {
  const { layout } = contest.input;
  const attention = contest.attention[at.placement] ?? 0;
  if (layout.stability === 0 && (layout.diversity?.weight ?? 0) === 0) return attention;
  const { stability, diversity } = weightOf(contest, at);
  return attention * stability * diversity;
}

function likenessToAbove(
  { input }: Contest,
  { candidate, placement, chosen }: Parameters<typeof weightOf>[1],
): number {
  const { diversity } = input.layout;
  const own = input.candidates[candidate];
  if (diversity === undefined || diversity.weight === 0 || own === undefined) return 0;
  let likeness = 0;
  let above = 0;
  for (let higher = 0; higher < placement; higher++) {
    const other = input.candidates[chosen[higher] ?? -1];
    if (other === undefined) continue;
    likeness += likenessOf(diversity, own, other);
    above++;
  }
  return above === 0 ? 0 : likeness / above;
}

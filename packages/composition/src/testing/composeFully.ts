import type { Placement } from '@widget-mediator/contracts';
import { admit } from '../admit.ts';
import type { Candidate } from '../candidate.ts';
import type { CompositionInput } from '../composition.ts';
import { canTake, shownAtMost } from '../eligibility.ts';
import { type Contest, createOrder, score } from '../score.ts';
import { factorOf } from '../weights.ts';
import { placementsOf, showableAt } from './rules.ts';

/** One placement of the reference page. */
export interface ReferencePlacing {
  readonly placement: Placement;
  readonly position: number;
  readonly candidate: Candidate;
  readonly shown: readonly number[];
  readonly pinned: boolean;
}

/** The greedy page by the book: pins, then placements in order, every candidate looked at for each, nothing lazy. */
export function composeFully(input: CompositionInput): ReferencePlacing[] {
  const contest = score(admit(input));
  const page: ReferencePlacing[] = [];
  const isFilled = (position: number) => page.some((other) => other.position === position);
  for (const { placement, position } of placementsOf(input)) {
    const pin = input.context.pins[position - 1];
    const pinned = contendersFor(contest, { placement, position }, page).find(
      ({ candidate }) => candidate.widget === pin,
    );
    if (pinned) page.push({ ...pinned, placement, position, pinned: true });
  }
  for (const { placement, position } of placementsOf(input)) {
    if (isFilled(position)) continue;
    const contenders = contendersFor(contest, { placement, position }, page);
    const scores = new Float64Array(input.candidates.length);
    for (const { index, worth } of contenders) scores[index] = worth;
    const isAhead = createOrder(contest, scores);
    const [best] = contenders.sort((a, b) => (isAhead(a.index, b.index) ? -1 : 1));
    if (best) page.push({ ...best, placement, position, pinned: false });
  }
  return page.sort((a, b) => a.position - b.position);
}

function contendersFor(
  contest: Contest,
  { placement, position }: { readonly placement: Placement; readonly position: number },
  page: readonly ReferencePlacing[],
) {
  const { input, firstPosition } = contest;
  const chosen = contest.placements.map((_, index) => {
    const there = page.find((other) => other.position === firstPosition + index);
    return there === undefined ? -1 : input.candidates.indexOf(there.candidate);
  });
  return input.candidates.flatMap((candidate, index) => {
    if (page.some((other) => other.candidate === candidate) || !canTake(candidate, placement)) return [];
    if (input.context.above?.widgets.includes(candidate.widget) === true) return [];
    const limit = shownAtMost(candidate, placement);
    const shown = showableAt(input, page, { candidate, position, limit });
    if (shown.length < candidate.minItems) return [];
    // Added up as the page does, which `listValues.property.test.ts` checks: rounding decides between widgets that a ranker
    // gave one score.
    const items = contest.values.worthOf(index, Int32Array.from(shown), shown.length);
    const worth =
      items * factorOf(contest, { candidate: index, placement: position - firstPosition, chosen });
    return [{ candidate, index, shown, worth }];
  });
}

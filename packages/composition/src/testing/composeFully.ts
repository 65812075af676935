import type { Placement } from '@widget-mediator/contracts';
import { admit } from '../admit.ts';
import type { Candidate } from '../candidate.ts';
import type { CompositionInput } from '../composition.ts';
import { type Contest, createOrder, score } from '../score.ts';
import { displaysOf, showableBeside } from './rules.ts';

/** One placement of the reference page. */
export interface ReferencePlacing {
  readonly placement: Placement;
  readonly candidate: Candidate;
  readonly shown: readonly number[];
  readonly pinned: boolean;
}

/** The page by the book: pins, then placements in order, every candidate evaluated for each one, nothing lazy. */
export function composeFully(input: CompositionInput): ReferencePlacing[] {
  const contest = score(admit(input));
  const page = new Map<Placement, ReferencePlacing>();
  for (const [index, placement] of input.layout.placements.entries()) {
    const pin = input.context.pins[index];
    const pinned = candidatesFor(contest, placement, page).find(({ widget }) => widget === pin);
    if (pinned) page.set(placement, { ...pinned, placement, pinned: true });
  }
  for (const placement of input.layout.placements) {
    if (page.has(placement)) continue;
    const contenders = candidatesFor(contest, placement, page);
    const scores = new Float64Array(input.candidates.length);
    for (const { index, score: worth } of contenders) scores[index] = worth;
    const isAhead = createOrder(contest, scores);
    const [best] = contenders.sort((a, b) => (isAhead(a.index, b.index) ? -1 : 1));
    if (best) page.set(placement, { ...best, placement, pinned: false });
  }
  return input.layout.placements.flatMap((placement) => page.get(placement) ?? []);
}

function candidatesFor(
  contest: Contest,
  placement: Placement,
  page: ReadonlyMap<Placement, ReferencePlacing>,
) {
  const placed = [...page.values()];
  return contest.input.candidates.flatMap((candidate, index) => {
    if (placed.some((other) => other.candidate === candidate)) return [];
    if (!candidate.placements.includes(placement.kind)) return [];
    const shown = showableBeside(displaysOf(placed), candidate).slice(
      0,
      Math.min(candidate.maxItems, placement.maxItems ?? Number.POSITIVE_INFINITY),
    );
    if (shown.length < candidate.minItems) return [];
    const row = contest.input.layout.placements.indexOf(placement) + 1;
    const worth = shown.reduce(
      (total, place, column) => total + itemValue(contest, index, place) * (1 / Math.log2(row + column + 1)),
      0,
    );
    return [{ candidate, index, shown, score: worth, widget: candidate.widget }];
  });
}

function itemValue({ keys, values }: Contest, index: number, place: number): number {
  return values[keys.item[(keys.starts[index] ?? 0) + place] ?? 0] ?? 0;
}

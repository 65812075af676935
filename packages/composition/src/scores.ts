import type { Allocation } from './allocation.ts';
import type { WidgetScore } from './composition.ts';
import { canTake, shownAtMost } from './eligibility.ts';
import { worthOf } from './worth.ts';

/** What every candidate was worth: the placed ones in page order, then the others, best first. */
export function scoresOf(allocation: Allocation): WidgetScore[] {
  const { candidates, layout } = allocation.input;
  const placed = allocation.placings.flatMap((placing) => {
    const candidate = placing && candidates[placing.candidate];
    const placement = placing && layout.placements[placing.placement];
    return candidate && placement
      ? [{ widget: candidate.widget, score: placing.score, placement: placement.id, parts: {} }]
      : [];
  });
  const others = candidates.flatMap(({ widget }, index) =>
    allocation.placementOf[index] === -1
      ? [{ widget, score: scoreBeforeDedupe(allocation, index), parts: {} }]
      : [],
  );
  return [...placed, ...others.sort((a, b) => b.score - a.score || (a.widget < b.widget ? -1 : 1))];
}

/** The score of a candidate's first items in the first placement that it could take; 0 when there is none. */
function scoreBeforeDedupe(allocation: Allocation, index: number): number {
  const { candidates, layout } = allocation.input;
  const candidate = candidates[index];
  const row = 1 + layout.placements.findIndex((placement) => candidate && canTake(candidate, placement));
  const placement = layout.placements[row - 1];
  if (!candidate || !placement) return 0;
  const start = allocation.keys.starts[index] ?? 0;
  const worths = Float64Array.from(
    candidate.items,
    (_, place) => allocation.values[allocation.keys.item[start + place] ?? 0] ?? 0,
  );
  const columns = Math.min(worths.length, shownAtMost(candidate, placement));
  return placement.attention * worthOf(worths, { start: 0, columns, row });
}

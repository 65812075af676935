import type { Layout, ProblemError } from '@widget-mediator/contracts';
import { compose } from './compose.ts';
import { anybody } from './composition.ts';
import { editorialCandidates } from './editorialCandidates.ts';
import { pinsInForce } from './pinsInForce.ts';
import { noStatistics } from './statistics.ts';

/**
 * What is wrong with a layout beyond its schema, every finding at once, as JSON Pointers (RFC 6901): ids that are
 * there twice, editorial items that are repeated in their list, and required placements that the editorial
 * pool, all alone, leaves empty. That is tried by composing a page, so it is true of production.
 */
export function layoutFindings(layout: Layout): ProblemError[] {
  return [
    ...repeatedIds(layout.placements, '/placements', 'another placement has this id'),
    ...repeatedIds(layout.editorial, '/editorial', 'another editorial widget has this id'),
    ...layout.editorial.flatMap(({ items }, index) =>
      repeatedIds(items, `/editorial/${index}/items`, 'the item is in this list already'),
    ),
    ...emptyPlacements(layout),
  ];
}

function repeatedIds(
  entries: readonly { readonly id: string }[],
  pointer: string,
  detail: string,
): ProblemError[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }, index) => {
    if (seen.has(id)) return [{ pointer: `${pointer}/${index}/id`, detail }];
    seen.add(id);
    return [];
  });
}

function emptyPlacements(layout: Layout): ProblemError[] {
  const { placed } = compose({
    candidates: editorialCandidates(layout),
    layout,
    context: { ...anybody, pins: pinsInForce(layout, { segments: [], nowMs: 0 }) },
    statistics: noStatistics,
    seed: 0,
  });
  const filled = new Set(placed.map(({ position }) => position));
  return layout.placements.flatMap(({ required }, index) =>
    required && !filled.has(index + 1)
      ? [
          {
            pointer: `/placements/${index}`,
            detail: 'the editorial pool alone cannot fill this required placement',
          },
        ]
      : [],
  );
}

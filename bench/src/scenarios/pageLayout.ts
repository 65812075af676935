import type { LayoutInput } from '@widget-mediator/contracts';

/** A hero and seven rows, ranked as by default. No editorial list: a page that is not full must fail the run. */
export function pageLayout(id: string, prior: readonly string[]): LayoutInput {
  return {
    apiVersion: 'widget-mediator/v1',
    kind: 'Layout',
    id,
    version: 'bench-1',
    deadlineMs: 2_000,
    strategy: 'consensus',
    prior: [...prior],
    placements: [
      { id: 'hero', kind: 'hero', required: false, attention: 2 },
      ...Array.from({ length: 7 }, (_, row) => ({ id: `row-${row + 1}`, kind: 'row', required: false })),
    ],
    editorial: [],
  };
}

/** How many lists every page of the bench shows, of how many items, and below how many a list is not worth showing. */
export const pageShape = { lists: 8, itemsShown: 20, leastItems: 4 } as const;

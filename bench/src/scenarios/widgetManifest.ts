import type { CurrentManifestInput } from '@widget-mediator/contracts';
import { pageShape } from './pageLayout.ts';

/** The team that owns every widget of the bench. */
export const benchTeam = 'bench';

export const widgetId = (source: number): string => `list-${String(source + 1).padStart(2, '0')}`;

/** Ample: pages that are compared are complete, on a cold and busy machine too. Faults have budgets of their own. */
export const sourceBudgetMs = 1_500;

/** A manifest as teams write it, with a rate that the load stays below. */
export function widgetManifest(
  source: number,
  delivery: CurrentManifestInput['spec']['delivery'],
): CurrentManifestInput {
  const id = widgetId(source);
  return {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id, owner: benchTeam, title: `Films of ${id}` },
    spec: {
      itemType: 'film',
      delivery,
      budget: { latencyMs: sourceBudgetMs, ratePerSecond: 2_000 },
      minItems: pageShape.leastItems,
      maxItems: pageShape.itemsShown,
      placements: ['hero', 'row'],
    },
  };
}

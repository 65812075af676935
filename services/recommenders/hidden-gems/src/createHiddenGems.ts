import type { WidgetManifestInput } from '@widget-mediator/contracts';
import { type Catalogue, filmToItem } from '@widget-mediator/film-catalogue';
import type { Recommender } from '@widget-mediator/recommender-host';
import { rankGems } from './rankGems.ts';

/** More than are shown, so that a reserve stands in for what page-wide dedupe takes. */
const ITEMS = 40;
const HOUR_MS = 60 * 60 * 1000;

const manifest: WidgetManifestInput = {
  apiVersion: 'widget-mediator/v2',
  kind: 'Widget',
  metadata: { id: 'hidden-gems', owner: 'gems', title: 'Hidden gems' },
  spec: {
    itemType: 'film',
    delivery: { mode: 'push', ttlMs: HOUR_MS, staleForMs: 24 * HOUR_MS },
    minItems: 5,
    maxItems: 15,
    placements: ['row'],
  },
};

export function createHiddenGems({ films }: Catalogue): Recommender {
  const items = rankGems(films)
    .slice(0, ITEMS)
    .map(({ film, score }) => filmToItem(film, score));
  const submission = {
    widget: manifest.metadata.id,
    content: { title: 'Hidden gems', audience: { type: 'everyone' as const }, items },
  };
  return { manifests: () => [manifest], submissions: () => [submission] };
}

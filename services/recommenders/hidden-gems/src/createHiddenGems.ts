import { type Catalogue, filmToItem } from '@widget-mediator/film-catalogue';
import { type Recommender, readWidgetFile } from '@widget-mediator/recommender-host';
import { rankGems } from './rankGems.ts';

/** More than are shown, so that a reserve stands in for what page-wide dedupe takes. */
const ITEMS = 40;

const manifest = readWidgetFile(import.meta.dirname);

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

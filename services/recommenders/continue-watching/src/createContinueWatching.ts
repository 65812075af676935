import type { SourceRequest } from '@widget-mediator/contracts';
import { type Catalogue, filmToItem, simulatePersonas } from '@widget-mediator/film-catalogue';
import { type Content, type Recommender, readWidgetFile, servedAt } from '@widget-mediator/recommender-host';
import { unfinished } from './unfinished.ts';

const manifest = readWidgetFile(import.meta.dirname);

/** What each simulated viewer has begun and not finished; `attributes.progress` is the share seen, 0 to 1. */
export function createContinueWatching(catalogue: Catalogue): Recommender {
  const itemsOf = new Map(
    simulatePersonas(catalogue).map(({ id, history }) => [
      id,
      unfinished(history).flatMap(({ filmId, progress }, index) => {
        const film = catalogue.byId.get(filmId);
        if (!film) return [];
        const item = filmToItem(film, 1 / (index + 1));
        return [{ ...item, attributes: { ...item.attributes, progress } }];
      }),
    ]),
  );
  return { manifests: (endpoint) => [servedAt(manifest, endpoint)], answer };

  function answer({ user, exclude = [], count }: SourceRequest): Content | undefined {
    if (user === undefined) return undefined;
    const items = itemsOf.get(user)?.filter(({ id }) => !exclude.includes(id)) ?? [];
    if (items.length === 0) return undefined;
    return { title: 'Continue watching', audience: { type: 'user', user }, items: items.slice(0, count) };
  }
}

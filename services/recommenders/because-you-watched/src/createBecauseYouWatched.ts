import type { SourceRequest } from '@widget-mediator/contracts';
import { type Catalogue, filmToItem, simulatePersonas } from '@widget-mediator/film-catalogue';
import { type Content, type Recommender, readWidgetFile, servedAt } from '@widget-mediator/recommender-host';
import { createRecommendAfter } from './recommendAfter.ts';

const MAX_ITEMS = 40;

const manifest = readWidgetFile(import.meta.dirname);

/** Indexes the catalogue once; an answer then takes about a millisecond. */
export function createBecauseYouWatched(catalogue: Catalogue): Recommender {
  const recommendAfter = createRecommendAfter(catalogue);
  const historyOf = new Map(simulatePersonas(catalogue).map(({ id, history }) => [id, history]));
  return { manifests: (endpoint) => [servedAt(manifest, endpoint)], answer };

  function answer({ user, exclude = [], count }: SourceRequest): Content | undefined {
    if (user === undefined) return undefined;
    const recommendation = recommendAfter(historyOf.get(user) ?? []);
    if (!recommendation) return undefined;
    const excluded = new Set(exclude);
    const items = recommendation.films
      .filter(({ film }) => !excluded.has(film.id))
      .slice(0, Math.min(count, MAX_ITEMS))
      .map(({ film, score }) => filmToItem(film, score));
    const title = `Because you watched ${recommendation.seed.title}`;
    return { title, audience: { type: 'user', user }, items };
  }
}

import type { SourceRequest, WidgetManifestInput } from '@widget-mediator/contracts';
import { type Catalogue, filmToItem, simulatePersonas } from '@widget-mediator/film-catalogue';
import type { Content, Recommender } from '@widget-mediator/recommender-host';
import { createRecommendAfter } from './recommendAfter.ts';

const MAX_ITEMS = 40;

/** Indexes the catalogue once; an answer then takes about a millisecond. */
export function createBecauseYouWatched(catalogue: Catalogue): Recommender {
  const recommendAfter = createRecommendAfter(catalogue);
  const historyOf = new Map(simulatePersonas(catalogue).map(({ id, history }) => [id, history]));
  return { manifests: (endpoint) => [manifestFor(endpoint)], answer };

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

function manifestFor(endpoint: string): WidgetManifestInput {
  return {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id: 'because-you-watched', owner: 'similarity', title: 'Because you watched {seed}' },
    spec: {
      itemType: 'film',
      delivery: { mode: 'pull', endpoint, vary: ['user'], ttlMs: 60_000, staleForMs: 600_000 },
      budget: { latencyMs: 80 },
      minItems: 5,
      maxItems: 15,
      placements: ['hero', 'row'],
    },
  };
}

import type { SourceRequest, WidgetManifestInput } from '@widget-mediator/contracts';
import { type Catalogue, filmToItem, simulatePersonas } from '@widget-mediator/film-catalogue';
import type { Content, Recommender } from '@widget-mediator/recommender-host';
import { unfinished } from './unfinished.ts';

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
  return { manifests: (endpoint) => [manifestFor(endpoint)], answer };

  function answer({ user, exclude = [], count }: SourceRequest): Content | undefined {
    if (user === undefined) return undefined;
    const items = itemsOf.get(user)?.filter(({ id }) => !exclude.includes(id)) ?? [];
    if (items.length === 0) return undefined;
    return { title: 'Continue watching', audience: { type: 'user', user }, items: items.slice(0, count) };
  }
}

/** It neither yields to other widgets nor takes anything from them: a begun film belongs here, wherever else it stands. */
function manifestFor(endpoint: string): WidgetManifestInput {
  return {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id: 'continue-watching', owner: 'continue', title: 'Continue watching' },
    spec: {
      itemType: 'film',
      // Short, because viewers go on watching meanwhile.
      delivery: { mode: 'pull', endpoint, vary: ['user'], ttlMs: 15_000, staleForMs: 600_000 },
      budget: { latencyMs: 80 },
      minItems: 1,
      maxItems: 12,
      placements: ['row'],
      dedupe: { yields: false, blocks: false },
    },
  };
}

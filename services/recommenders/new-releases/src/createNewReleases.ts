import type { Audience } from '@widget-mediator/contracts';
import {
  type Catalogue,
  type Film,
  filmToItem,
  SIMULATED_NOW,
  simulatePersonas,
} from '@widget-mediator/film-catalogue';
import { type Recommender, readWidgetFile, type Submission } from '@widget-mediator/recommender-host';
import { newFilms } from './newFilms.ts';
import { type Taste, tasteOf } from './tasteOf.ts';

/** More than are shown, so that a reserve stands in for what page-wide dedupe takes. */
const ITEMS = 40;

const manifest = readWidgetFile(import.meta.dirname);

/** By date for everyone; by taste × recency for each segment of which something is known. */
export function createNewReleases(catalogue: Catalogue): Recommender {
  const { films } = catalogue;
  // The catalogue and its viewers live in 2010; today everything in it is old.
  const released = newFilms(films, SIMULATED_NOW);
  const submissions = [
    submissionFor({ type: 'everyone' }, () => 1),
    ...[...watchedBySegment(catalogue)].map(([segment, watched]) =>
      submissionFor({ type: 'segment', segment }, tasteOf(watched, films)),
    ),
  ];
  return { manifests: () => [manifest], submissions: () => submissions };

  function submissionFor(audience: Audience, taste: Taste): Submission {
    const items = released
      .map(({ film, recency }) => ({ film, score: taste(film) * recency }))
      // The sort is stable: what scores the same stays newest first.
      .sort((a, b) => b.score - a.score)
      .slice(0, ITEMS)
      .map(({ film, score }) => filmToItem(film, score));
    const title = audience.type === 'everyone' ? 'New releases' : 'New releases for you';
    return { widget: manifest.metadata.id, content: { title, audience, items } };
  }
}

/**
 * Every film that a viewer of the segment has watched, once for each who did. A segment whose viewers have watched nothing
 * is left out: they get what everyone gets.
 */
function watchedBySegment(catalogue: Catalogue): ReadonlyMap<string, readonly Film[]> {
  const watched = new Map<string, Film[]>();
  for (const { segments, history } of simulatePersonas(catalogue)) {
    const films = history.flatMap(({ filmId }) => catalogue.byId.get(filmId) ?? []);
    if (films.length === 0) continue;
    for (const segment of segments) watched.set(segment, [...(watched.get(segment) ?? []), ...films]);
  }
  return watched;
}

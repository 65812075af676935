import type { Catalogue, Film, Watch } from '@widget-mediator/film-catalogue';
import { createSimilarity } from './createSimilarity.ts';

type Recommendation = {
  /** The film it is because of. */
  readonly seed: Film;
  /** Best first. */
  readonly films: readonly { readonly film: Film; readonly score: number }[];
};

/** For someone with this history, leaving out what it holds; `undefined` when no finished film says anything. */
export type RecommendAfter = (history: readonly Watch[]) => Recommendation | undefined;

const FINISHED_AT = 0.95;
/** Similarities are often equal (same genre, decade and story); then the better known film is the safer choice. */
const FAME_SHARE = 0.25;

export function createRecommendAfter({ films, byId }: Catalogue): RecommendAfter {
  const similarTo = createSimilarity(films);
  const fame = fameOf(films);

  return (history) => {
    const seed = seedOf(history);
    if (!seed) return undefined;
    const seen = new Set(history.map(({ filmId }) => filmId));
    const ranked = [...similarTo(seed)]
      .filter(([film]) => !seen.has(film.id))
      .map(([film, similarity]) => ({
        film,
        score: similarity * (1 - FAME_SHARE + FAME_SHARE * (fame.get(film) ?? 0)),
      }))
      .sort((a, b) => b.score - a.score || (a.film.id < b.film.id ? -1 : 1));
    return { seed, films: ranked };
  };

  /** The film finished most recently whose genre is known: without one, similar films share little but a decade. */
  function seedOf(history: readonly Watch[]): Film | undefined {
    return history
      .filter(({ progress }) => progress >= FINISHED_AT)
      .toSorted((a, b) => Date.parse(b.watchedAt) - Date.parse(a.watchedAt))
      .flatMap(({ filmId }) => byId.get(filmId) ?? [])
      .find(({ genre }) => genre !== 'Unclassified');
  }
}

/** The share of films with fewer voters, 0 to 1. */
function fameOf(films: readonly Film[]): ReadonlyMap<Film, number> {
  const byVotes = films.toSorted((a, b) => a.votes - b.votes);
  return new Map(byVotes.map((film, rank) => [film, rank / films.length]));
}

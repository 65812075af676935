import type { Film } from '@widget-mediator/film-catalogue';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A film half a year older must be liked twice as much. */
const HALF_LIFE_DAYS = 180;
/** Nobody calls it new after two years. */
const NEW_FOR_DAYS = 730;

export type NewFilm = { readonly film: Film; readonly recency: number };

/**
 * The films that came out in the two years before `today`, newest first, with a recency that halves every 180 days: 1 on
 * the first day, 1/16 on the last. Films announced for later are left out.
 */
export function newFilms(films: readonly Film[], today: string): readonly NewFilm[] {
  const todayMs = Date.parse(today);
  return films
    .map((film) => ({ film, ageDays: (todayMs - Date.parse(film.released)) / DAY_MS }))
    .filter(({ ageDays }) => ageDays >= 0 && ageDays <= NEW_FOR_DAYS)
    .sort((a, b) => a.ageDays - b.ageDays || b.film.votes - a.film.votes)
    .map(({ film, ageDays }) => ({ film, recency: 2 ** (-ageDays / HALF_LIFE_DAYS) }));
}

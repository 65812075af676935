import type { Film } from './film.ts';
import { slug } from './slug.ts';

/** A film as an item of a publication to the mediator. */
export type FilmItem = {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly score: number;
  /** `person-<slug of the director>`; absent when the director is unknown. */
  readonly creator?: string;
  readonly attributes: Readonly<Record<string, string | number>>;
};

/**
 * @param score Any finite number, higher is better; its scale is the recommender's own. The mediator refuses others.
 */
export function filmToItem(film: Film, score: number): FilmItem {
  return {
    id: film.id,
    title: film.title,
    url: searchUrl(film),
    score,
    ...(film.director !== undefined && { creator: personId(film.director) }),
    attributes: {
      year: film.year,
      genre: film.genre,
      ...(film.director !== undefined && { director: film.director }),
      rating: film.rating,
      votes: film.votes,
      ...(film.runtimeMinutes !== undefined && { runtimeMinutes: film.runtimeMinutes }),
      ...(film.mpaa !== undefined && { mpaa: film.mpaa }),
    },
  };
}

/** The stable id of a director, for caps per creator: "Alfred Hitchcock" → `person-alfred-hitchcock`. */
export function personId(name: string): string {
  return `person-${slug(name)}`;
}

/** A search rather than an article: we know no article's name, and a guessed one may be another film's. */
function searchUrl({ title, year }: Film): string {
  const url = new URL('https://en.wikipedia.org/wiki/Special:Search');
  url.searchParams.set('search', `${title} ${year} film`);
  return url.href;
}

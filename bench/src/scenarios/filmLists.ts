import type { PublicationInput } from '@widget-mediator/contracts';

export type FilmItem = PublicationInput['items'][number];

const popularFilms = 60;
const genres = ['drama', 'crime', 'music', 'short', 'sport'];

/**
 * The list of source number `source`. Every fourth item is one of sixty that all sources like, so that dedupe has
 * something to do; the others are the source's own. Ids and titles are of one width, so that all pages are as long.
 */
export function filmList(source: number, length: number): FilmItem[] {
  return Array.from({ length }, (_, place) =>
    place % 4 === 0
      ? film((source * 3 + place / 4) % popularFilms)
      : film(popularFilms + source * length + place),
  );
}

/** Only what a page shows: what ranking needs besides would make the pages of those longer who do not take it out. */
function film(number: number): FilmItem {
  const id = `film-${String(number).padStart(5, '0')}`;
  return {
    id,
    title: `The film with number ${id.slice(5)}`,
    url: `https://films.example/${id}`,
    attributes: { year: 1950 + (number % 75), genre: genres[number % genres.length] ?? '', rating: 7.5 },
  };
}

import { loadCatalogue } from './catalogue.ts';
import { filmToItem } from './toItem.ts';

const { films, byId } = loadCatalogue();

describe('filmToItem', () => {
  it('keeps what a page shows and ranks by', () => {
    const film = byId.get('film-rebecca-1940');
    expect(film && filmToItem(film, 0.93)).toMatchObject({
      id: 'film-rebecca-1940',
      title: 'Rebecca',
      url: 'https://en.wikipedia.org/wiki/Special:Search?search=Rebecca+1940+film',
      score: 0.93,
      creator: 'person-alfred-hitchcock',
      attributes: { year: 1940, genre: 'Drama', director: 'Alfred Hitchcock' },
    });
  });

  it('leaves out what is not known', () => {
    const film = films.find(({ director, mpaa, runtimeMinutes }) => !director && !mpaa && !runtimeMinutes);
    const item = film && filmToItem(film, 1);
    expect(item && Object.keys(item)).toEqual(['id', 'title', 'url', 'score', 'attributes']);
    expect(item && Object.keys(item.attributes)).toEqual(['year', 'genre', 'rating', 'votes']);
  });

  it('gives every film a valid https link and scalar attributes', () => {
    for (const film of films) {
      const item = filmToItem(film, film.rating);
      expect(new URL(item.url).protocol).toBe('https:');
      expect(new URL(item.url).searchParams.get('search')).toBe(`${film.title} ${film.year} film`);
      expect(item.creator ?? 'person-x').toMatch(/^person(-[a-z0-9]+)+$/);
      for (const value of Object.values(item.attributes)) {
        expect(['string', 'number']).toContain(typeof value);
      }
    }
  });

  it('gives different directors different ids', () => {
    const names = new Map(films.map((film) => [filmToItem(film, 0).creator, film.director]));
    expect(names.size).toBe(new Set(films.map(({ director }) => director)).size);
  });
});

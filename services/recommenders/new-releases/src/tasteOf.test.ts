import { type Film, loadCatalogue } from '@widget-mediator/film-catalogue';
import { tasteOf } from './tasteOf.ts';

const { films } = loadCatalogue();
const horror = films.filter(({ genre }) => genre === 'Horror');
const western = films.filter(({ genre }) => genre === 'Western');

describe('tasteOf', () => {
  it('is indifferent without history', () => {
    const taste = tasteOf([], films);
    for (const film of films) expect(taste(film)).toBeCloseTo(1);
  });

  it('is above 1 for what was watched and below for what was not', () => {
    const taste = tasteOf(horror.slice(0, 30), films.map(withGenreOnly));
    expect(taste(withGenreOnly(horror[0] ?? never()))).toBeGreaterThan(5);
    expect(taste(withGenreOnly(western[0] ?? never()))).toBeLessThan(0.5);
  });

  it('grows surer with the length of the history', () => {
    const film = withGenreOnly(horror[0] ?? never());
    const tasteAfter = (count: number) => tasteOf(horror.slice(0, count), films)(film);
    expect(tasteAfter(1)).toBeGreaterThan(1);
    expect(tasteAfter(10)).toBeGreaterThan(tasteAfter(1));
    expect(tasteAfter(100)).toBeGreaterThan(tasteAfter(10));
  });

  it('says nothing of a film of which nothing is known', () => {
    const taste = tasteOf(horror, films);
    expect(taste({ ...withGenreOnly(horror[0] ?? never()), genre: 'Unclassified' })).toBe(1);
  });
});

function withGenreOnly({ id, title, year, released, genre, rating, votes }: Film): Film {
  return { id, title, year, released, genre, rating, votes };
}

function never(): never {
  throw new Error('no such film');
}

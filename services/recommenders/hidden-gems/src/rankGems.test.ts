import { type Film, loadCatalogue } from '@widget-mediator/film-catalogue';
import { rankGems } from './rankGems.ts';

const { films } = loadCatalogue();
const medianVotes = films.map(({ votes }) => votes).sort((a, b) => a - b)[Math.floor(films.length / 2)] ?? 0;

describe('rankGems', () => {
  it('does not let a film that five people gave 10 win', () => {
    const ranked = rankGems([...films, film('praised', { rating: 10, votes: 5 })]);
    expect(ranked.findIndex(({ film: { id } }) => id === 'film-praised')).toBeGreaterThan(100);
  });

  it('puts only well rated films at the top, none of them famous', () => {
    const top = rankGems(films).slice(0, 40);
    expect(top).toHaveLength(40);
    for (const { film } of top) {
      expect(film.rating).toBeGreaterThanOrEqual(7);
      expect(film.votes).toBeGreaterThanOrEqual(1_000);
      expect(film.votes).toBeLessThanOrEqual(medianVotes);
    }
  });

  it('prefers the less known of two films that are equally good and equally believed', () => {
    const known = film('known', { rating: 8, votes: medianVotes - 1 });
    const unknown = film('unknown', { rating: 8, votes: Math.floor(medianVotes / 2) });
    const order = rankGems([...films, known, unknown]).map(({ film: { id } }) => id);
    expect(order.indexOf('film-unknown')).toBeLessThan(order.indexOf('film-known'));
  });

  it('calls nothing below the mean a gem', () => {
    const mean = films.reduce((sum, { rating }) => sum + rating, 0) / films.length;
    expect(rankGems(films).every(({ film, score }) => film.rating > mean && score > 0)).toBe(true);
  });

  it('finds none among none', () => {
    expect(rankGems([])).toEqual([]);
  });
});

function film(name: string, facts: Pick<Film, 'rating' | 'votes'>): Film {
  return { id: `film-${name}`, title: name, year: 2000, released: '2000-01-01', genre: 'Drama', ...facts };
}

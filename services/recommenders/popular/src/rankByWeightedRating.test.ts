import { type Film, loadCatalogue } from '@widget-mediator/film-catalogue';
import { rankByWeightedRating } from './rankByWeightedRating.ts';

const { films } = loadCatalogue();

describe('rankByWeightedRating', () => {
  it('does not let a film that five people gave 10 come first, or near', () => {
    const ranked = rankByWeightedRating([...films, film('praised', { rating: 10, votes: 5 })]);
    expect(ranked.findIndex(({ film: { id } }) => id === 'film-praised')).toBeGreaterThan(100);
  });

  it('prefers the better rated of two films with as many voters', () => {
    const ranked = rankByWeightedRating([
      ...films,
      film('worse', { rating: 7, votes: 50_000 }),
      film('better', { rating: 7.1, votes: 50_000 }),
    ]);
    const order = ranked.map(({ film: { id } }) => id);
    expect(order.indexOf('film-better')).toBeLessThan(order.indexOf('film-worse'));
  });

  it('draws every rating towards the mean, and less so the more voters there are', () => {
    const mean = films.reduce((sum, { rating }) => sum + rating, 0) / films.length;
    const [few, many] = [
      film('few', { rating: 9, votes: 100 }),
      film('many', { rating: 9, votes: 1_000_000 }),
    ];
    const scores = new Map(
      rankByWeightedRating([...films, few, many]).map((each) => [each.film, each.score]),
    );
    expect(scores.get(few)).toBeCloseTo(mean, 1);
    expect(scores.get(many)).toBeGreaterThan(8.5);
    expect(scores.get(many)).toBeLessThan(9);
  });

  it('keeps every film once, best first, whatever the order they came in', () => {
    const ranked = rankByWeightedRating(films);
    expect(new Set(ranked.map(({ film: { id } }) => id)).size).toBe(films.length);
    const scores = ranked.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(rankByWeightedRating(films.toReversed()).map(({ film: { id } }) => id)).toEqual(
      ranked.map(({ film: { id } }) => id),
    );
  });

  it('ranks nothing of nothing', () => {
    expect(rankByWeightedRating([])).toEqual([]);
  });
});

function film(name: string, facts: Pick<Film, 'rating' | 'votes'>): Film {
  return { id: `film-${name}`, title: name, year: 2000, released: '2000-01-01', genre: 'Drama', ...facts };
}

import { loadCatalogue, SIMULATED_NOW } from '@widget-mediator/film-catalogue';
import { newFilms } from './newFilms.ts';

const released = newFilms(loadCatalogue().films, SIMULATED_NOW);

describe('newFilms', () => {
  it('stand newest first, none from the future, none older than two years', () => {
    const dates = released.map(({ film }) => film.released);
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(dates.every((date) => date >= '2008-12-31' && date <= '2010-12-31')).toBe(true);
    expect(dates.length).toBeGreaterThan(100);
  });

  it('lose half of their recency in 180 days', () => {
    const film = { id: 'film-a', title: 'A', year: 2010, genre: 'Drama', rating: 7, votes: 10 };
    const films = [
      { ...film, released: '2010-07-04' },
      { ...film, released: '2010-12-31' },
    ];
    expect(newFilms(films, '2010-12-31').map(({ recency }) => recency)).toEqual([1, 0.5]);
  });
});

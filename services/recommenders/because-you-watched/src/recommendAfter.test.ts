import { type Film, loadCatalogue, simulatePersonas, type Watch } from '@widget-mediator/film-catalogue';
import { createRecommendAfter } from './recommendAfter.ts';

const catalogue = loadCatalogue();
const recommendAfter = createRecommendAfter(catalogue);

describe('createRecommendAfter', () => {
  it.each(simulatePersonas(catalogue))(
    'recommends $id nothing already seen, after a finished film',
    ({ history }) => {
      const recommendation = recommendAfter(history);
      const seen = new Set(history.map(({ filmId }) => filmId));
      expect(recommendation === undefined).toBe(history.length === 0);
      for (const { film } of recommendation?.films ?? []) expect(seen.has(film.id)).toBe(false);
      const seed = history.find(({ filmId }) => filmId === recommendation?.seed.id);
      expect(seed?.progress ?? 1).toBeGreaterThanOrEqual(0.95);
    },
  );

  it('shares a genre or a director with the seed in at least 99 of 100 of the ten best', () => {
    const pairs = catalogue.films
      .filter((_, index) => index % 10 === 0)
      .flatMap(({ id }) => {
        const recommendation = recommendAfter([watched(id, 1)]);
        return (
          recommendation?.films.slice(0, 10).map(({ film }) => sharesTrait(recommendation.seed, film)) ?? []
        );
      });
    expect(pairs.length).toBeGreaterThan(2_000);
    expect(pairs.filter(Boolean).length / pairs.length).toBeGreaterThan(0.99);
  });

  it('takes the film finished most recently', () => {
    const history = [
      watched('film-gladiator-2000', 1),
      watched('film-kill-bill-volume-1-2003', 3),
      watched('film-troy-2004', 5, 0.4),
    ];
    expect(recommendAfter(history)?.seed.title).toBe('Kill Bill: Volume 1');
  });

  it('passes over a film whose genre is not known', () => {
    const history = [watched('film-the-godfather-1972', 5), watched('film-gladiator-2000', 1)];
    expect(recommendAfter(history)?.seed.title).toBe('Gladiator');
  });

  it('has nothing to say after no film, an unfinished one or an unknown one', () => {
    expect(recommendAfter([])).toBeUndefined();
    expect(recommendAfter([watched('film-gladiator-2000', 1, 0.5)])).toBeUndefined();
    expect(recommendAfter([watched('film-of-elsewhere', 1)])).toBeUndefined();
  });
});

function watched(filmId: string, day: number, progress = 1): Watch {
  return { filmId, progress, watchedAt: `2010-12-0${day}T20:00:00.000Z` };
}

function sharesTrait(a: Film, b: Film): boolean {
  return a.genre === b.genre || (a.director !== undefined && a.director === b.director);
}

import { loadCatalogue } from './catalogue.ts';
import type { Film } from './film.ts';
import { personas } from './personas.ts';
import { SIMULATED_NOW } from './simulateHistory.ts';
import { simulatePersonas } from './simulatePersonas.ts';

const catalogue = loadCatalogue();
const simulated = simulatePersonas(catalogue);

function personaCalled(id: string) {
  const persona = simulated.find((each) => each.id === id);
  if (!persona) throw new Error(`no persona ${id}`);
  return persona;
}

function filmsOf(id: string): readonly Film[] {
  return personaCalled(id).history.flatMap(({ filmId }) => catalogue.byId.get(filmId) ?? []);
}

function share(films: readonly Film[], holds: (film: Film) => boolean): number {
  return films.filter(holds).length / films.length;
}

describe('simulatePersonas', () => {
  it('gives the same bytes for the same seed', () => {
    const again = simulatePersonas(loadCatalogue());
    expect(JSON.stringify(again)).toBe(JSON.stringify(simulated));
  });

  it('gives other histories for another seed', () => {
    const other = simulatePersonas(catalogue, 'another');
    expect(other.map(({ id }) => id)).toEqual(simulated.map(({ id }) => id));
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(simulated));
  });

  it('keeps ids stable, unique and slug-like', () => {
    expect(simulated.map(({ id }) => id)).toEqual([
      'ada',
      'parks',
      'bela',
      'noor',
      'max',
      'kenji',
      'grace',
      'mateo',
    ]);
    for (const segment of simulated.flatMap(({ segments }) => segments)) {
      expect(segment).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });

  it.each(personas.map(({ viewer, habits }) => [viewer.id, habits] as const))(
    'gives %s as many films, finished and unfinished, as the habits say',
    (id, { watched, unfinished }) => {
      const { history } = personaCalled(id);
      const brokenOff = history.filter(({ progress }) => progress >= 0.05 && progress <= 0.9);
      const finished = history.filter(({ progress }) => progress >= 0.95 && progress <= 1);
      expect(history).toHaveLength(watched);
      expect(brokenOff).toHaveLength(unfinished);
      expect(finished).toHaveLength(watched - unfinished);
    },
  );

  it.each(simulated)('lets $id watch only films that exist, once, after release, newest first', (persona) => {
    const times = persona.history.map(({ watchedAt }) => watchedAt);
    expect(times).toEqual(times.toSorted().reverse());
    expect(new Set(persona.history.map(({ filmId }) => filmId)).size).toBe(persona.history.length);
    for (const { filmId, watchedAt } of persona.history) {
      const film = catalogue.byId.get(filmId);
      expect(film && film.released < watchedAt).toBe(true);
      expect(watchedAt < SIMULATED_NOW).toBe(true);
    }
  });

  it('includes a viewer without history and one who finishes everything', () => {
    expect(personaCalled('noor').history).toEqual([]);
    expect(personaCalled('grace').history.every(({ progress }) => progress >= 0.95)).toBe(true);
  });

  it.each([
    ['ada', (film: Film) => film.genre === 'Drama' && film.year >= 1990 && film.year < 2000],
    ['bela', (film: Film) => film.genre === 'Horror'],
    ['kenji', (film: Film) => film.genre === 'Action'],
    ['grace', (film: Film) => film.year < 1970],
    ['mateo', (film: Film) => film.genre.endsWith('Comedy') && film.year >= 2000],
    ['parks', (film: Film) => film.creativeType === 'Kids Fiction'],
  ])('makes the taste of %s visible: at least three times the catalogue’s share', (id, holds) => {
    expect(share(filmsOf(id), holds)).toBeGreaterThan(3 * share(catalogue.films, holds));
  });

  it('shows the family nothing above PG', () => {
    expect(filmsOf('parks').every(({ mpaa }) => mpaa === 'G' || mpaa === 'PG')).toBe(true);
  });

  it('keeps the night owl awake after eleven', () => {
    const hours = personaCalled('bela').history.map(({ watchedAt }) => new Date(watchedAt).getUTCHours());
    expect(hours.every((hour) => hour >= 23 || hour < 3)).toBe(true);
  });
});

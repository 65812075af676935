import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue } from './catalogue.ts';
import { slug } from './slug.ts';

type Cleaning = {
  readonly read: number;
  readonly kept: number;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly leftOutFilms: readonly { readonly reason: string }[];
};

const { films, byId } = loadCatalogue();
const factsFile = (name: string) => readFileSync(join(import.meta.dirname, '..', 'facts', name), 'utf8');
const cleaning = JSON.parse(factsFile('cleaning.json')) as Cleaning;

describe('the facts about films', () => {
  it('name their source, version and licence', () => {
    for (const name of ['films.json', 'cleaning.json']) {
      expect(JSON.parse(factsFile(name))).toMatchObject({
        source: { package: 'vega-datasets', version: '3.2.1', licence: 'BSD-3-Clause' },
      });
    }
  });

  it('are less than 700 kB, one film a line', () => {
    expect(Buffer.byteLength(factsFile('films.json'))).toBeLessThan(700_000);
    expect(factsFile('films.json').trimEnd().split('\n')).toHaveLength(films.length + 2);
  });

  it('account for every film that was read: kept, or left out for exactly one reason', () => {
    const leftOut = Object.values(cleaning.leftOut).reduce((sum, count) => sum + count, 0);
    expect(films).toHaveLength(cleaning.kept);
    expect(cleaning.read).toBe(cleaning.kept + leftOut);
    for (const [reason, count] of Object.entries(cleaning.leftOut)) {
      expect(cleaning.leftOutFilms.filter((film) => film.reason === reason)).toHaveLength(count);
    }
  });

  it('give each film an id of its own, made of its title and year', () => {
    expect(byId.size).toBe(films.length);
    for (const film of films) {
      expect(film.id).toMatch(/^film(-[a-z0-9]+)+$/);
      expect(film.id).toBe(`film-${slug(film.title)}-${film.year}`);
    }
  });

  it('hold no title twice in one year', () => {
    expect(new Set(films.map(({ title, year }) => `${title.toLowerCase()} ${year}`)).size).toBe(films.length);
  });

  it('have trimmed titles, plausible years, and a date in the year', () => {
    for (const film of films) {
      expect(film.title).toBe(film.title.trim());
      expect(film.title).not.toBe('');
      expect(film.year).toBeGreaterThanOrEqual(1915);
      expect(film.year).toBeLessThanOrEqual(2011);
      expect(new Date(film.released).toISOString().slice(0, 10)).toBe(film.released);
      expect(film.released.slice(0, 4)).toBe(String(film.year));
    }
  });

  it('can all be ranked: a rating, voters and a genre', () => {
    for (const film of films) {
      expect(film.rating).toBeGreaterThan(0);
      expect(film.rating).toBeLessThanOrEqual(10);
      expect(film.votes).toBeGreaterThan(0);
      expect(film.genre).not.toBe('');
    }
  });

  it('give no two films the same rating by the same number of voters', () => {
    expect(new Set(films.map(({ rating, votes }) => `${rating} ${votes}`)).size).toBe(films.length);
  });

  it.each([
    ['film-gone-with-the-wind-1939', 'Gone with the Wind', '1939-12-15'],
    ['film-casablanca-1942', 'Casablanca', '1942-01-01'],
    ['film-300-2007', '300', '2007-03-09'],
    ['film-leon-1994', 'Léon', '1994-11-18'],
  ])('repair %s', (id, title, released) => {
    expect(byId.get(id)).toMatchObject({ title, released });
  });

  it('are frozen', () => {
    expect(Object.isFrozen(films)).toBe(true);
    expect(films.every((film) => Object.isFrozen(film))).toBe(true);
  });
});

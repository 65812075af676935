import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Film } from './film.ts';

export type Catalogue = {
  /** In order of id. */
  readonly films: readonly Film[];
  readonly byId: ReadonlyMap<string, Film>;
};

/**
 * Reads facts/films.json, synchronously: a service needs its catalogue before it can listen.
 *
 * @throws when the file is missing or is not JSON, which means that the package is broken.
 */
export function loadCatalogue(): Catalogue {
  // `src` and `dist` are siblings, so the same relative path serves tests and the build.
  const text = readFileSync(join(import.meta.dirname, '..', 'facts', 'films.json'), 'utf8');
  // The parsed boundary: our own script wrote the file and facts.test.ts checks every film in it.
  const facts = JSON.parse(text) as { films: Film[] };
  const films = Object.freeze(facts.films.map((film) => Object.freeze(film)));
  return Object.freeze({ films, byId: new Map(films.map((film) => [film.id, film])) });
}

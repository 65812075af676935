import { type Film, loadCatalogue } from '@widget-mediator/film-catalogue';
import { createSimilarity } from './createSimilarity.ts';

const { films, byId } = loadCatalogue();
const similarTo = createSimilarity(films);

describe('createSimilarity', () => {
  it('is above 0 and at most 1, and says nothing of the film itself', () => {
    for (const film of films.filter((_, index) => index % 50 === 0)) {
      const similarities = similarTo(film);
      expect(similarities.has(film)).toBe(false);
      expect(Math.min(...similarities.values())).toBeGreaterThan(0);
      expect(Math.max(...similarities.values())).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  it('finds the sequel', () => {
    const [closest] = [...similarTo(called('film-kill-bill-volume-1-2003'))].sort((a, b) => b[1] - a[1]);
    expect(closest?.[0].title).toBe('Kill Bill: Volume 2');
  });

  it('counts a shared director more than a shared decade', () => {
    const seed = film('seed', { year: 1994, director: 'Jane Campion' });
    const sameDirector = film('director', { year: 2004, director: 'Jane Campion' });
    const sameDecade = film('decade', { year: 1995, director: 'Somebody Else' });
    const similarities = createSimilarity([...films, seed, sameDirector, sameDecade])(seed);
    expect(similarities.get(sameDirector)).toBeGreaterThan(similarities.get(sameDecade) ?? 0);
  });

  it('does not let a word of the title outweigh the genre', () => {
    const seed = film('Heat', { year: 1995 });
    const sameWord: Film = { ...film('Dead Heat', { year: 1955 }), genre: 'Comedy' };
    const sameGenre = film('Something Else', { year: 1975 });
    const similarities = createSimilarity([...films, seed, sameWord, sameGenre])(seed);
    expect(similarities.get(sameWord)).toBeGreaterThan(0);
    expect(similarities.get(sameGenre)).toBeGreaterThan(similarities.get(sameWord) ?? 0);
  });

  it('knows nothing of a film with nothing in common', () => {
    const alone: Film = { ...film('xyzzy', { year: 1700 }), genre: 'Shadow play' };
    expect(createSimilarity([alone])(alone).size).toBe(0);
  });
});

function called(id: string): Film {
  const found = byId.get(id);
  if (!found) throw new Error(`no film ${id}`);
  return found;
}

function film(title: string, facts: { year: number; director?: string }): Film {
  return {
    id: `film-${title}`,
    title,
    released: '2000-01-01',
    genre: 'Drama',
    rating: 7,
    votes: 1_000,
    ...facts,
  };
}

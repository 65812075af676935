import type { Film } from '@widget-mediator/film-catalogue';

/** `name` is the same for two films that share the feature; `weight` is how much sharing it says, before rarity. */
export type Feature = { readonly name: string; readonly weight: number };

/**
 * Weights are set by hand: a genre is common, so rarity alone would let a shared word of the title outweigh it ("Heat"
 * and "Red Heat"). The test of this folder holds what they are to achieve.
 */
const weights = { genre: 3, director: 1, story: 1, mpaa: 1, era: 1, word: 0.4 } as const;

/** Too short to mean anything, or in titles of every kind. */
const emptyWords = new Set('the and for with from not you your all his her'.split(' '));

/**
 * Genre, director, kind of story, MPAA rating, era and title words; what is not known about a film is not a feature. The
 * catalogue has few films of each early decade, so all before 1970 share one era more.
 */
export function featuresOf(film: Film): readonly Feature[] {
  const { genre, director, creativeType, mpaa, year } = film;
  return [
    ...(genre === 'Unclassified' ? [] : [feature('genre', genre)]),
    ...(director === undefined ? [] : [feature('director', director)]),
    ...(creativeType === undefined ? [] : [feature('story', creativeType)]),
    ...(mpaa === undefined || mpaa === 'Not Rated' ? [] : [feature('mpaa', mpaa)]),
    feature('era', `${Math.floor(year / 10)}0s`),
    feature('era', year < 1970 ? 'classic' : 'modern'),
    ...[...wordsOf(film.title)].map((word) => feature('word', word)),
  ];
}

function feature(kind: keyof typeof weights, value: string): Feature {
  return { name: `${kind} ${value}`, weight: weights[kind] };
}

function wordsOf(title: string): ReadonlySet<string> {
  const words = title.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return new Set(words.filter((word) => word.length > 2 && !emptyWords.has(word)));
}

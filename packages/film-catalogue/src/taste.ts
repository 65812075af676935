import type { Film } from './film.ts';

/** What a simulated viewer likes. Factors multiply; 1 is indifferent, 0 is never. */
export type Taste = {
  readonly genres: Readonly<Record<string, number>>;
  /** The factor of genres not named above. */
  readonly otherGenres: number;
  readonly era?: { readonly from: number; readonly to: number; readonly elsewhere: number };
  /** 0 ignores how many people rated a film; 1 is proportional to them; below 0 seeks the obscure. */
  readonly popularity: number;
  readonly directors?: Readonly<Record<string, number>>;
  readonly creativeTypes?: Readonly<Record<string, number>>;
  /** Films with any other MPAA rating, or none, are never watched. */
  readonly onlyMpaa?: readonly string[];
};

/** How likely a viewer of this taste is to pick the film, relative to other films: genre × era × popularity × director × story. */
export function tasteWeight(taste: Taste, film: Film): number {
  const { era, onlyMpaa } = taste;
  if (onlyMpaa && !(film.mpaa && onlyMpaa.includes(film.mpaa))) return 0;
  const genre = taste.genres[film.genre] ?? taste.otherGenres;
  const inEra = !era || (film.year >= era.from && film.year <= era.to);
  const director = factor(taste.directors, film.director);
  const story = factor(taste.creativeTypes, film.creativeType);
  return genre * (inEra ? 1 : era.elsewhere) * film.votes ** taste.popularity * director * story;
}

function factor(factors: Readonly<Record<string, number>> | undefined, name: string | undefined): number {
  return name === undefined ? 1 : (factors?.[name] ?? 1);
}

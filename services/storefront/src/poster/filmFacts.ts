import type { PageItem } from '@widget-mediator/contracts';

/** What a card can say about a film; sources choose their attributes freely, so each may be absent. */
export type FilmFacts = {
  readonly year?: number;
  readonly genre?: string;
  readonly director?: string;
  readonly mpaa?: string;
  readonly rating?: number;
  readonly runtimeMinutes?: number;
  /** Share of the film already watched, 0 to 1. */
  readonly progress?: number;
};

export function filmFacts({ attributes = {} }: PageItem): FilmFacts {
  const { year, genre, director, mpaa, rating, runtimeMinutes, progress } = attributes;
  return {
    ...(isNumber(year) && { year }),
    ...(isText(genre) && { genre }),
    ...(isText(director) && { director }),
    ...(isText(mpaa) && { mpaa }),
    ...(isNumber(rating) && { rating }),
    ...(isNumber(runtimeMinutes) && { runtimeMinutes }),
    ...(isNumber(progress) && progress >= 0 && { progress: asShare(progress) }),
  };
}

/** "1995 · 2 h 50 min". */
export function factsLine({ year, runtimeMinutes }: FilmFacts): string {
  return [year, runtimeMinutes && duration(runtimeMinutes)].filter(Boolean).join(' · ');
}

/** The whole card in words, title first: what a screen reader says and a tooltip shows. */
export function spokenCard({ title, sponsored }: PageItem, facts: FilmFacts): string {
  const { year, genre, rating, runtimeMinutes, progress } = facts;
  return [
    title,
    year,
    genre === 'Unclassified' ? undefined : genre,
    rating !== undefined && `rated ${rating.toFixed(1)} of 10`,
    runtimeMinutes && duration(runtimeMinutes),
    progress !== undefined && `${Math.round(progress * 100)}% watched`,
    sponsored && 'sponsored',
  ]
    .filter(Boolean)
    .join(', ');
}

export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Some sources count to 1, others to 100. */
function asShare(progress: number): number {
  return Math.min(1, progress > 1 ? progress / 100 : progress);
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

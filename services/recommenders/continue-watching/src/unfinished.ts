import type { Watch } from '@widget-mediator/film-catalogue';

/** Whoever has seen this much is at the closing credits. */
const FINISHED_AT = 0.95;

/** The films that were begun and not finished, the most recent first. */
export function unfinished(history: readonly Watch[]): readonly Watch[] {
  return history
    .filter(({ progress }) => progress > 0 && progress < FINISHED_AT)
    .toSorted((a, b) => Date.parse(b.watchedAt) - Date.parse(a.watchedAt));
}

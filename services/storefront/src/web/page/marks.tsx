import type { PageItem } from '@widget-mediator/contracts';
import type { FilmFacts } from '../../poster/filmFacts.ts';

export function RatingBadge({ facts: { rating } }: { facts: FilmFacts }) {
  return rating === undefined ? null : <span class="rating">{rating.toFixed(1)}</span>;
}

/** Whoever paid for a place is named as having paid, everywhere the item is drawn. */
export function SponsoredLabel({ item }: { item: PageItem }) {
  return item.sponsored ? <span class="sponsored">Sponsored</span> : null;
}

export function ProgressBar({ facts: { progress } }: { facts: FilmFacts }) {
  if (progress === undefined) return null;
  return (
    <span class="progress">
      <span class="progress-done" style={{ width: `${Math.round(progress * 100)}%` }} />
    </span>
  );
}

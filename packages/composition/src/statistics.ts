import type { Feedback } from './feedback.ts';

/**
 * What a source said over many pages. `pages` counts those it was on, `items` those on which it held an item;
 * `trust`, above 0 and at most 1, is how far other sources agree with it.
 */
export interface SourceStatistics {
  readonly pages: number;
  readonly trust: number;
  readonly items: Readonly<Record<string, number>>;
}

/**
 * An immutable snapshot, by widget, that a worker builds from page logs and all replicas share; `id` is in every trace.
 * `feedback` is what the strategy `learned` learns from.
 */
export interface Statistics {
  readonly id: string;
  readonly sources: Readonly<Record<string, SourceStatistics>>;
  readonly feedback?: Feedback;
}

/** Before anything was learned: every source is trusted and every item rare. */
export const noStatistics: Statistics = { id: 'none', sources: {} };

/** Pages that a source must have been on before its trust and rarity say anything. */
export const warmPages = 3;

const unknownSource: SourceStatistics = { pages: 0, trust: 1, items: {} };

/** What is known of a widget's source; of one with too few pages, that it is trusted. */
export function sourceOf({ sources }: Statistics, widget: string): SourceStatistics {
  const source = Object.hasOwn(sources, widget) ? sources[widget] : undefined;
  return source && source.pages >= warmPages ? source : unknownSource;
}

/** What is said to everyone turns out to be worth about so much of what is said to one viewer. */
const rarityForEveryone = 0.1;

/**
 * ln((1 + pages) ÷ (1 + pages that held the item)), from 0 (said on every page). While the source is new it is 1, or a
 * tenth if the candidate is known to be the same for everyone: that alone is worth .04 of N2DCG on `mlsmall`.
 */
export function rarityOf(
  { pages, items }: SourceStatistics,
  item: string,
  { forEveryone = false }: { readonly forEveryone?: boolean | undefined } = {},
): number {
  if (pages < warmPages) return forEveryone ? rarityForEveryone : 1;
  const held = items[item];
  // An id may be `constructor` or `__proto__`, which plain objects inherit.
  return Math.max(0, Math.log((1 + pages) / (1 + (typeof held === 'number' ? held : 0))));
}

import type { Layout } from '@widget-mediator/contracts';
import type { StoredLayout } from '../store/layoutStore.ts';
import { findingsAcross, type NamedLayout } from './findingsAcross.ts';

/** The layouts that pages are made from, and what was stored and cannot be used beside the others. */
export interface EffectiveLayouts {
  readonly layouts: readonly Layout[];
  readonly unusable: readonly StoredLayout[];
}

/**
 * What operators stored takes the place of the file of the same id, or stands beside it. Files may differ from those that it was
 * judged by, and two may have been stored at once: what does not go together with all others is left out, the newest
 * first, so that every mediator with the same files comes to the same layouts, and every device has one.
 */
export function effectiveLayouts(
  files: readonly Layout[],
  stored: readonly StoredLayout[],
  isUsable: (layout: Layout) => boolean,
): EffectiveLayouts {
  const usable = stored.filter(({ layout }) => isUsable(layout)).sort(byAge);
  const all = overridden(files, usable);
  const kept = goTogether(all) ? [...usable] : [];
  if (kept.length < usable.length) {
    for (const one of usable) if (goTogether(overridden(files, [...kept, one]))) kept.push(one);
  }
  return { layouts: overridden(files, kept), unusable: stored.filter((one) => !kept.includes(one)) };
}

/** These layouts, with those of the same id in their places. */
export function overridden(
  files: readonly Layout[],
  stored: readonly Pick<StoredLayout, 'layout'>[],
): Layout[] {
  const byId = new Map(files.map((layout) => [layout.id, layout]));
  for (const { layout } of stored) byId.set(layout.id, layout);
  return [...byId.values()];
}

/** What is wrong between layouts, each called by its id. */
export const findingsBetween = (layouts: readonly Layout[]) =>
  findingsAcross(
    layouts.map((layout): NamedLayout => ({ file: layout.id, layout })),
    { isComplete: true },
  );

const goTogether = (layouts: readonly Layout[]): boolean => findingsBetween(layouts).length === 0;

const byAge = (a: StoredLayout, b: StoredLayout): number => {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? -1 : 1;
  return a.layout.id < b.layout.id ? -1 : 1;
};

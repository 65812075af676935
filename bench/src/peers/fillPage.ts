import type { FilmItem } from '../scenarios/filmLists.ts';
import { pageShape } from '../scenarios/pageLayout.ts';

/** One source's list, as a backend-for-frontend has it. */
export interface FilmListing {
  readonly id: string;
  readonly title: string;
  readonly items: readonly FilmItem[];
}

/**
 * The page as a backend-for-frontend usually makes it: list by list, without the items that an earlier list has, without
 * lists that became too short, until there are enough. It stops as soon as the page is full, which many do not.
 */
export function fillPage(listings: readonly FilmListing[]) {
  const seen = new Set<string>();
  const placements = [];
  for (const { id, title, items } of listings) {
    if (placements.length === pageShape.lists) break;
    const unseen = items.filter((item) => !seen.has(item.id) && seen.add(item.id));
    if (unseen.length < pageShape.leastItems) continue;
    const shown = unseen.slice(0, pageShape.itemsShown);
    placements.push({ position: placements.length + 1, widget: { id, title, items: shown } });
  }
  return { placements };
}

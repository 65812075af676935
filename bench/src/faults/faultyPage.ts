import { filmList } from '../scenarios/filmLists.ts';
import { pageLayout, pageShape } from '../scenarios/pageLayout.ts';
import { pulledFrom } from '../scenarios/pulled.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** What a source may take, by its manifest, in ms. */
export const budgetMs = 100;
/** A slow source answers, but too late for that. */
export const slowMs = 1.5 * budgetMs;
export const sourceCount = 15;

const page = pulledFrom(sourceCount);
/** Else the cache would fill up with the answers for viewers who do not come back, and memory would grow by that. */
const keptForNobody = { ttlMs: 0, staleForMs: 0 };

/** Not of the sources, so that none of their items stands in the way of a list. */
const editorial = Array.from({ length: pageShape.lists }, (_, index) => ({
  id: `editorial-${index + 1}`,
  title: `Films that editors like, ${index + 1}`,
  itemType: 'film',
  placements: ['hero', 'row'],
  items: filmList(sourceCount + 1 + index, pageShape.itemsShown),
}));

/**
 * The pulled page with editorial lists, as every layout that is meant to be complete without its sources has them.
 * With breakers in shadow mode a faulty source is asked for each page, as it is before a breaker opens.
 */
export function faultyPage(name: string, breakers: 'shadow' | 'enforce'): Omit<Scenario, 'kind' | 'peers'> {
  return {
    ...page,
    name,
    // Far enough beyond the budget for that to be what ends a call.
    layout: { ...pageLayout(name, page.layout.prior ?? []), deadlineMs: 4 * budgetMs, editorial },
    widgets: (origins) =>
      page.widgets(origins).map(({ manifest }) => {
        const budget = {
          ...manifest.spec.budget,
          latencyMs: budgetMs,
          mode: { rate: breakers, errors: breakers, load: breakers },
        };
        const delivery = { ...manifest.spec.delivery, ...keptForNobody };
        return { manifest: { ...manifest, spec: { ...manifest.spec, budget, delivery } } };
      }),
  };
}

import { type CompositionInput, compose } from '@widget-mediator/composition';
import { BenchFailure } from '../benchFailure.ts';
import { noPasses, pageShape, withPasses } from './generateInput.ts';

/** A list as a plain pipeline has it: items with a score of their source's, best first. */
export interface ScoredList {
  readonly widget: string;
  readonly items: readonly { readonly id: string; readonly score: number }[];
}

/** A widget and the items that it shows. */
export type Placing = ScoredList;

/**
 * The page as everybody makes it first: sums the scores of each widget, sorts, and goes down the page with a Set of what
 * was shown, dropping items that are in it and widgets that became too small.
 */
export function plainPage(lists: readonly ScoredList[]): Placing[] {
  const ranked = lists
    .map((list) => ({ list, total: list.items.reduce((sum, { score }) => sum + score, 0) }))
    .sort((a, b) => b.total - a.total);
  const seen = new Set<string>();
  const page: Placing[] = [];
  for (const { list } of ranked) {
    if (page.length === pageShape.placements) break;
    const shown = list.items.filter(({ id }) => !seen.has(id)).slice(0, pageShape.maxItems);
    if (shown.length < pageShape.minItems) continue;
    for (const { id } of shown) seen.add(id);
    page.push({ widget: list.widget, items: shown });
  }
  return page;
}

/**
 * The input's lists, scored with what each source alone says, trust × rarity ÷ (60 + rank): the votes that consensus
 * begins with. The plain pipeline gets them ready-made.
 */
export function scoredLists({ candidates, statistics }: CompositionInput): ScoredList[] {
  return candidates.map(({ widget, items }) => {
    const { pages = 0, trust = 1, items: held = {} } = statistics.sources[widget] ?? {};
    const scoreOf = (id: string, place: number) =>
      (trust * Math.log((1 + pages) / (1 + (held[id] ?? 0)))) / (61 + place);
    return { widget, items: items.map(({ id }, place) => ({ id, score: scoreOf(id, place) })) };
  });
}

/**
 * What a plain page is worth under the objective of composition: the greedy page's score when every placement is pinned to
 * the widget that has it there, which then shows the same items.
 *
 * @throws BenchFailure when it does not, because then the score would be another page's
 */
export function scoreOfPlainPage(input: CompositionInput, page: readonly Placing[]): number {
  const pins = page.map(({ widget }) => widget);
  const same = compose(withPasses({ ...input, context: { ...input.context, pins } }, noPasses));
  const placed = same.placed.slice(0, page.length);
  const isSame = placed.every(({ candidate, shown }, index) => {
    const ids = shown.map((place) => candidate.items[place]?.id);
    return candidate.widget === pins[index] && ids.join() === page[index]?.items.map(({ id }) => id).join();
  });
  if (!isSame || placed.length < page.length) throw new BenchFailure('The plain page could not be scored.');
  return placed.reduce((sum, { score }) => sum + score, 0);
}

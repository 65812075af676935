import type { Cap, EditorialWidget, Item, Layout, ProblemError } from '@widget-mediator/contracts';

/** Editorial lists of which a cap on brands or creators leaves fewer than their `minItems`, even with nothing else there. */
export function starvedLists({ caps, editorial }: Layout): ProblemError[] {
  return editorial.flatMap((list, index) =>
    caps.flatMap((cap, of) => {
      const { by } = cap;
      if (by === 'team') return [];
      const items = differentItems(list);
      const left = leftBy({ ...cap, by }, items);
      // A list that is too short by itself is not the cap's fault.
      if (left >= list.minItems || items.length < list.minItems) return [];
      return [
        {
          pointer: `/editorial/${index}/items`,
          detail: `of these, /caps/${of} lets ${left} be shown, fewer than minItems: add items of more ${by}s, or raise the cap`,
        },
      ];
    }),
  );
}

function differentItems({ items }: EditorialWidget): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function leftBy({ by, max }: Cap & { readonly by: 'brand' | 'creator' }, items: readonly Item[]): number {
  const counts = new Map<string, number>();
  let left = 0;
  for (const item of items) {
    const value = item[by];
    const before = value === undefined ? 0 : (counts.get(value) ?? 0);
    if (before >= max) continue;
    if (value !== undefined) counts.set(value, before + 1);
    left++;
  }
  return left;
}

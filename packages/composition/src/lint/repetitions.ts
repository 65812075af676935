import type { Layout, ProblemError } from '@widget-mediator/contracts';

/** What stands twice where it may stand once: ids, items of one list, widgets of the prior, caps on the same. */
export function repetitions({ placements, editorial, prior, caps }: Layout): ProblemError[] {
  const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);
  return [
    ...repeated(ids(placements), {
      at: (index) => `/placements/${index}/id`,
      detail: 'another placement has this id: give it one of its own',
    }),
    ...repeated(ids(editorial), {
      at: (index) => `/editorial/${index}/id`,
      detail: 'another editorial list has this id: give it one of its own',
    }),
    ...editorial.flatMap(({ items }, list) =>
      repeated(ids(items), {
        at: (index) => `/editorial/${list}/items/${index}/id`,
        detail: 'the item is in this list already: remove it',
      }),
    ),
    ...repeated(prior, {
      at: (index) => `/prior/${index}`,
      detail: 'the widget is in the prior already, further up: remove it',
    }),
    ...repeated(
      caps.map(({ by, window }) => `${by} ${window}`),
      {
        at: (index) => `/caps/${index}`,
        detail: 'another cap has the same by and window, and only the lower max of them counts: remove one',
      },
    ),
  ];
}

function repeated(
  entries: readonly string[],
  { at, detail }: { readonly at: (index: number) => string; readonly detail: string },
): ProblemError[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, index) => {
    if (seen.has(entry)) return [{ pointer: at(index), detail }];
    seen.add(entry);
    return [];
  });
}

import type { Page } from '@widget-mediator/contracts';

/** Titles for the ids of a trace, which holds no titles itself. */
export type Names = {
  readonly widget: (id: string) => string;
  readonly item: (id: string) => string;
};

/** Titles from what the page shows; what is not on the page gets a name made from its id. */
export function createNames(page: Pick<Page, 'placements'>): Names {
  const widgets = new Map(page.placements.map(({ widget }) => [widget.id, widget.title]));
  const items = new Map(
    page.placements.flatMap(({ widget }) => widget.items.map((item) => [item.id, item.title] as const)),
  );
  const itemTypes = [...new Set(page.placements.map(({ widget }) => widget.itemType))];
  return {
    widget: (id) => widgets.get(id) ?? readableId(id),
    item: (id) => items.get(id) ?? readableItemId(id, itemTypes),
  };
}

/** `because-you-watched` → "Because you watched". */
export function readableId(id: string): string {
  const words = id.split(/[-_\s]+/).filter(Boolean);
  const [first = id, ...others] = words;
  return [capitalise(first), ...others].join(' ');
}

/** `film-heat-1995` → "Heat (1995)": the item type in front says nothing, and films carry their year. */
export function readableItemId(id: string, itemTypes: readonly string[]): string {
  const prefix = itemTypes.find((type) => id.startsWith(`${type}-`));
  const rest = prefix === undefined ? id : id.slice(prefix.length + 1);
  const dated = /^(.+)-((?:18|19|20)\d\d)$/.exec(rest);
  if (!dated) return titleCase(rest);
  const [, name = rest, year = ''] = dated;
  return `${titleCase(name)} (${year})`;
}

function titleCase(id: string): string {
  return id.split(/[-_]+/).filter(Boolean).map(capitalise).join(' ');
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

import type { EditorialWidget, Layout, Placement } from '@widget-mediator/contracts';
import { plainLayout } from './plainLayout.ts';

/** A required placement of the kind `row`, unless told otherwise. */
export const placement = (id: string, rest: Partial<Placement> = {}): Placement => ({
  id,
  kind: 'row',
  attention: 1,
  required: true,
  ...rest,
});

/** An editorial list of films with these ids, in rows, of at least three. */
export const list = (id: string, ids: string, rest: Partial<EditorialWidget> = {}): EditorialWidget => ({
  id,
  title: id,
  itemType: 'film',
  placements: ['row'],
  minItems: 3,
  items: ids.split(' ').map((item) => ({ id: item, title: item })),
  ...rest,
});

/** A hero and two rows, and a list for each, with nothing wrong. */
export const soundLayout = (changes: Partial<Layout> = {}): Layout => ({
  ...plainLayout,
  placements: [placement('hero', { kind: 'hero' }), placement('one'), placement('two')],
  editorial: [list('top', '1 2 3', { placements: ['hero'] }), list('a', '4 5 6 7'), list('b', '8 9 10 11')],
  ...changes,
});

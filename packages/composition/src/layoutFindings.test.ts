import type { EditorialWidget, Layout, Placement } from '@widget-mediator/contracts';
import { layoutFindings } from './layoutFindings.ts';
import { noRules } from './testing/noRules.ts';

const placement = (id: string, rest: Partial<Placement> = {}): Placement => ({
  id,
  kind: 'row',
  attention: 1,
  required: true,
  ...rest,
});

const list = (id: string, ids: string, rest: Partial<EditorialWidget> = {}): EditorialWidget => ({
  id,
  title: id,
  itemType: 'film',
  placements: ['row'],
  minItems: 3,
  items: ids.split(' ').map((item) => ({ id: item, title: item })),
  ...rest,
});

const layout = (placements: Placement[], editorial: EditorialWidget[]): Layout => ({
  apiVersion: 'widget-mediator/v1',
  kind: 'Layout',
  id: 'home',
  version: '1',
  deadlineMs: 150,
  assemblyReserveMs: 10,
  strategy: 'consensus',
  prior: [],
  placements,
  editorial,
  ...noRules,
});

const pointers = (...parts: Parameters<typeof layout>) =>
  layoutFindings(layout(...parts)).map(({ pointer }) => pointer);

describe('layout findings', () => {
  it('finds nothing in a layout that the editorial pool can fill', () => {
    expect(
      pointers([placement('one'), placement('two')], [list('a', '1 2 3'), list('b', '3 4 5 6')]),
    ).toEqual([]);
  });

  it('finds a required placement that the pool leaves empty because its lists share items', () => {
    expect(pointers([placement('one'), placement('two')], [list('a', '1 2 3'), list('b', '3 4 5')])).toEqual([
      '/placements/1',
    ]);
  });

  it('finds a required placement of a kind or size that no list takes', () => {
    const placements = [
      placement('hero', { kind: 'hero' }),
      placement('small', { maxItems: 2 }),
      placement('row'),
    ];
    expect(pointers(placements, [list('a', '1 2 3'), list('b', '4 5 6')])).toEqual([
      '/placements/0',
      '/placements/1',
    ]);
  });

  it('does not ask for placements that are not required', () => {
    expect(pointers([placement('one'), placement('two', { required: false })], [list('a', '1 2 3')])).toEqual(
      [],
    );
  });

  it('names everything that is there twice, all at once', () => {
    const placements = [placement('one'), placement('one')];
    const editorial = [list('a', '1 2 3'), list('a', '4 5 6 4')];
    expect(pointers(placements, editorial)).toEqual([
      '/placements/1/id',
      '/editorial/1/id',
      '/editorial/1/items/3/id',
    ]);
  });

  it('asks the pool alone, whatever the layout pins', () => {
    const placements = [
      placement('one', { pins: [{ widget: 'a-source' }] }),
      placement('two', { pins: [{ widget: 'a' }] }),
    ];
    expect(pointers(placements, [list('a', '1 2 3')])).toEqual(['/placements/0']);
  });
});

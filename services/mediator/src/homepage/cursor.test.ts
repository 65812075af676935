import { itemHash, type PlacedCandidate } from '@widget-mediator/composition';
import { HomepageRequest, Layout, limits } from '@widget-mediator/contracts';
import { listOf, present } from '../intake/content.ts';
import { CursorInvalid, createCursors } from './cursor.ts';

const layout = (changes: Partial<Layout> = {}): Layout => ({
  ...Layout.parse({
    apiVersion: 'widget-mediator/v1',
    kind: 'Layout',
    id: 'homepage',
    version: '1',
    deadlineMs: 100,
    placements: Array.from({ length: 64 }, (_, n) => ({ id: `row-${n}`, kind: 'row' })),
    pageSize: 2,
    editorial: [],
  }),
  ...changes,
});

/** A widget that shows so many items of its own. */
function placed(widget: string, count: number): PlacedCandidate {
  const items = Array.from({ length: count }, (_, n) => ({ id: `${widget}-${n}`, title: 'x' }));
  const { candidate } = present(
    {
      id: widget,
      team: 'team',
      version: 1,
      title: widget,
      itemType: 'film',
      placements: ['row'],
      minItems: 1,
      maxItems: 50,
      dedupe: { key: 'item', yields: true, blocks: true },
    },
    listOf('film', items),
  );
  const placement = { id: 'row-1', kind: 'row', attention: 1, required: true };
  return { candidate, placement, position: 1, shown: items.map((_, n) => n), score: 1 };
}

const cursors = createCursors('a secret');
const first = cursors.next({ layout: layout(), placed: [placed('w', 2)], above: undefined }) ?? '';

test('a cursor remembers how far down it leads and all that was shown above', () => {
  const above = cursors.read(layout(), first);
  expect(above.placements).toBe(2);
  expect([...above.hashes]).toEqual(['w', 'film:item:w-0', 'film:item:w-1'].map(itemHash));

  const second = cursors.next({ layout: layout(), placed: [placed('x', 1)], above }) ?? '';
  const further = cursors.read(layout(), second);
  expect(further.placements).toBe(4);
  expect([...further.hashes]).toEqual([...above.hashes, ...['x', 'film:item:x-0'].map(itemHash)]);
});

test('only what is shown is remembered, not what stands in reserve', () => {
  const page = { layout: layout(), placed: [{ ...placed('w', 3), shown: [1] }], above: undefined };
  const { hashes } = cursors.read(layout(), cursors.next(page) ?? '');
  expect([...hashes]).toEqual(['w', 'film:item:w-1'].map(itemHash));
});

test('every mediator with the same secret reads it', () => {
  expect(createCursors('a secret').read(layout(), first).placements).toBe(2);
});

test('there is none at the end of the layout, nor in a layout that comes all at once', () => {
  const { pageSize: _pageSize, ...atOnce } = layout();
  const ends = (of: Layout, above: number) =>
    cursors.next({ layout: of, placed: [], above: { placements: above, hashes: new Set() } });
  expect(ends(layout(), 61)).toBeDefined();
  expect(ends(layout(), 62)).toBeUndefined();
  expect(ends(layout({ pageSize: 64 }), 0)).toBeUndefined();
  expect(ends(atOnce, 0)).toBeUndefined();
});

describe('a cursor of as much as', () => {
  const after = (placements: number, items: number) =>
    cursors.next({
      layout: layout({ pageSize: 1 }),
      placed: Array.from({ length: placements }, (_, n) => placed(`w${n}`, items)),
      above: undefined,
    });

  test('63 placements of 20 items is as long as the contract and URLs allow', () => {
    const cursor = after(63, 20) ?? '';
    expect(cursor.length).toBeGreaterThan(7_000);
    expect(HomepageRequest.parse({ cursor }).cursor).toBe(cursor);
  });

  test('a cursor holds is still within the limit, and with one item more there is none', () => {
    const cursor = after(7, 190) ?? '';
    expect(cursors.read(layout(), cursor).hashes.size).toBe(1_337);
    expect(cursor.length).toBeLessThanOrEqual(limits.cursorCharacters);
    const above = cursors.read(layout(), cursor);
    expect(cursors.next({ layout: layout(), placed: [placed('another', 0)], above })).toBeUndefined();
  });
});

describe('is refused:', () => {
  const [body = '', tag = ''] = first.split('.');
  const turned = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;

  test.each([
    ['nothing', ''],
    ['a word', 'next'],
    ['a cursor without its tag', body],
    ['a cursor with an empty tag', `${body}.`],
    ['a cursor with another body', `${turned(body)}.${tag}`],
    ['a cursor with another tag', `${body}.${turned(tag)}`],
    ['a cursor whose tag is cut short', first.slice(0, -1)],
    ['a cursor with more behind it', `${first}.${tag}`],
    ['a cursor with more before it', `${tag}.${first}`],
    ['a tag whose characters take more than a byte each', `${body}.${'é'.repeat(16)}`],
  ])('%s', (_what, cursor) => {
    expect(() => cursors.read(layout(), cursor)).toThrow(CursorInvalid);
  });

  test('a cursor of another secret', () => {
    expect(() => createCursors('another secret').read(layout(), first)).toThrow(CursorInvalid);
  });

  test.each([
    ['version', { version: '2' }],
    ['id', { id: 'homepage-tv' }],
    ['length', { placements: layout().placements.slice(0, 2) }],
  ])('a cursor of a layout of another %s', (_what, changes) => {
    expect(() => cursors.read(layout(changes), first)).toThrow(CursorInvalid);
  });
});

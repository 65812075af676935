import { Layout } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { CursorInvalid, createCursors, type ShownAbove } from './cursor.ts';

const layout = Layout.parse({
  apiVersion: 'widget-mediator/v1',
  kind: 'Layout',
  id: 'homepage',
  version: '1',
  deadlineMs: 100,
  placements: Array.from({ length: 64 }, (_, n) => ({ id: `row-${n}`, kind: 'row' })),
  pageSize: 1,
  editorial: [],
});
const cursors = createCursors('a secret');

const hashes = fc.uniqueArray(fc.nat(0xffff_ffff), { maxLength: 1_337 });
const shownAbove = fc
  .record({ placements: fc.integer({ min: 0, max: 62 }), hashes })
  .map((one): ShownAbove => ({ ...one, hashes: new Set(one.hashes) }));

test('what is written is read', () => {
  fc.assert(
    fc.property(shownAbove, (above) => {
      const cursor = cursors.next({ layout, placed: [], above }) ?? '';
      expect(cursor).toMatch(/^[A-Za-z0-9_-]+\.[0-9a-f]{32}$/);
      expect(cursors.read(layout, cursor)).toEqual({ ...above, placements: above.placements + 1 });
    }),
  );
});

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Za-z0-9_-]*$/));
const hostile = fc.oneof(
  text,
  fc.tuple(text, fc.stringMatching(/^[0-9a-f]{32}$/)).map((parts) => parts.join('.')),
  fc.array(text).map((parts) => parts.join('.')),
);

test('whatever else is sent is refused as invalid, and nothing breaks', () => {
  fc.assert(
    fc.property(hostile, (cursor) => {
      expect(() => cursors.read(layout, cursor)).toThrow(CursorInvalid);
    }),
    { numRuns: 1_000 },
  );
});

test('a cursor with any one character changed is refused', () => {
  fc.assert(
    fc.property(
      shownAbove,
      fc.nat(),
      fc.constantFrom('A', 'f', '0', '-', '.', '\u0000'),
      (above, at, other) => {
        const cursor = cursors.next({ layout, placed: [], above }) ?? '';
        const index = at % cursor.length;
        fc.pre(cursor[index] !== other);
        const changed = cursor.slice(0, index) + other + cursor.slice(index + 1);
        expect(() => cursors.read(layout, changed)).toThrow(CursorInvalid);
      },
    ),
  );
});

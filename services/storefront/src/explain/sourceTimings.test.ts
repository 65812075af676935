import type { FilledPlacement } from '@widget-mediator/contracts';
import { createNames } from './names.ts';
import { sourceTimings } from './sourceTimings.ts';

const popular: FilledPlacement = {
  placement: 'row-1',
  kind: 'row',
  position: 1,
  widget: {
    id: 'popular',
    version: 1,
    title: 'Popular',
    itemType: 'film',
    provenance: 'fresh',
    token: 't',
    items: [],
  },
};
const page = { placements: [popular] };
const names = createNames(page);
const report = (widget: string, durationMs: number) =>
  ({ widget, durationMs, outcome: 'fresh', items: 3 }) as const;

test('widgets stand in page order, then the other sources, slowest first', () => {
  const trace = { sources: [report('a', 5), report('popular', 20), report('b', 9)], widgets: [] };
  const { sources } = sourceTimings(page, trace, { names, deadlineMs: 100 });
  expect(sources.map(({ widget, position }) => [widget, position])).toEqual([
    ['popular', 1],
    ['b', undefined],
    ['a', undefined],
  ]);
});

test('the scale holds both the deadline and a source that overran it', () => {
  const trace = { sources: [report('popular', 300)], widgets: [] };
  const { sources, deadlineShare } = sourceTimings(page, trace, { names, deadlineMs: 150 });
  expect(deadlineShare).toBeLessThan(0.5);
  expect(sources[0]?.share).toBeLessThan(1);
});

test('a widget that no source report names still has its line', () => {
  const trace = { sources: [], widgets: [{ widget: 'popular', score: 0.5, parts: {} }] };
  const { sources } = sourceTimings(page, trace, { names, deadlineMs: 150 });
  expect(sources).toMatchObject([{ widget: 'popular', score: 0.5, durationMs: undefined, share: 0 }]);
});

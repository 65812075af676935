import type { Layout } from '@widget-mediator/contracts';
import { type Candidate, candidateItem } from './candidate.ts';
import { anybody, type ViewerContext } from './composition.ts';
import { type Outstanding, settledPlacements } from './settledPlacements.ts';
import { noStatistics } from './statistics.ts';
import { plainLayout } from './testing/plainLayout.ts';

const alone = { key: 'item', yields: false, blocks: false } as const;

function candidate(widget: string, changes: Partial<Candidate> = {}): Candidate {
  return {
    widget,
    team: widget,
    version: 1,
    provenance: 'fresh',
    placements: ['row'],
    minItems: 1,
    maxItems: 2,
    dedupe: { key: 'item', yields: true, blocks: true },
    items: [1, 2, 3].map((n) => candidateItem('film', { id: `${widget}-${n}` })),
    ...changes,
  };
}

const outstanding = (widget: string, placements = ['row']): Outstanding => ({
  widget,
  placements,
  minItems: 1,
  maxItems: 2,
});

interface Page {
  readonly layout?: Partial<Layout>;
  readonly context?: Partial<ViewerContext>;
  readonly arrived: readonly Candidate[];
  readonly awaited: readonly Outstanding[];
}

/** Three rows; `first`, `second`, `third` and `fourth` in the editors' order. */
function settled({ layout, context, arrived, awaited }: Page): number {
  const input = {
    candidates: arrived,
    layout: {
      ...plainLayout,
      prior: ['first', 'second', 'third', 'fourth'],
      placements: ['a', 'b', 'c'].map((id) => ({ id, kind: 'row', attention: 1, required: true })),
      editorial: [],
      ...layout,
    },
    context: { ...anybody, ...context },
    statistics: noStatistics,
    seed: 1,
  };
  return settledPlacements(input, { outstanding: awaited, ranking: false, beyond: 0 });
}

const editorial = { strategy: 'editorial' } as const;
const withoutSearch = { reallocate: true, search: false, iterations: 1 };
const inTurn = { reallocate: false, search: true, iterations: 64 };

test('all is settled when nothing is outstanding', () => {
  expect(settled({ arrived: [candidate('first')], awaited: [] })).toBe(3);
});

test("under the editors' order a page is settled once its foremost widgets fill it", () => {
  const arrived = [candidate('second'), candidate('first'), candidate('third')];
  expect(settled({ layout: editorial, arrived, awaited: [outstanding('fourth')] })).toBe(3);
  const others = [candidate('second'), candidate('first'), candidate('fourth')];
  expect(settled({ layout: editorial, arrived: others, awaited: [outstanding('third')] })).toBe(0);
});

test.each([
  ['the search is off', { ...editorial, passes: withoutSearch }],
  ['items stay where they are', { ...editorial, passes: inTurn }],
  ['the viewer is nobody in particular, and items stay', { passes: inTurn }],
])("the foremost of the editors' order are settled one by one when %s", (_when, layout) => {
  const awaited = [outstanding('third')];
  const page = { layout, arrived: [candidate('first')], awaited };
  expect(settled(page)).toBe(1);
  expect(settled({ ...page, arrived: [...page.arrived, candidate('second')] })).toBe(2);
  expect(settled({ ...page, arrived: [candidate('second')], awaited: [outstanding('first')] })).toBe(0);
});

describe('a pin on the first placement', () => {
  const pinned = { pins: ['kept', undefined, undefined] };
  const awaited = [outstanding('first')];

  test('settles it under every strategy when its widget stands alone, or when items stay', () => {
    const arrived = [candidate('kept', { dedupe: alone })];
    expect(settled({ context: { ...pinned, personal: true }, arrived, awaited })).toBe(1);
    const sharing = [candidate('kept')];
    const layout = { passes: inTurn };
    expect(settled({ layout, context: { ...pinned, personal: true }, arrived: sharing, awaited })).toBe(1);
  });

  test('does not while its items could still go to another widget, or its widget has not come', () => {
    const context = { ...pinned, personal: true };
    const other = candidate('fourth', { dedupe: alone });
    expect(settled({ context, arrived: [candidate('kept'), other], awaited })).toBe(0);
    expect(settled({ context, arrived: [], awaited: [...awaited, outstanding('kept')] })).toBe(0);
  });
});

test('a pin further down, of a widget that may still come and claim first, leaves nothing above it settled', () => {
  const layout = { ...editorial, passes: withoutSearch };
  const page = { layout, arrived: [candidate('first')], awaited: [outstanding('fourth')] };
  expect(settled(page)).toBe(1);
  expect(settled({ ...page, context: { pins: [undefined, undefined, 'fourth'] } })).toBe(0);
});

test('what this page has no placement for is not waited for, unless its list votes', () => {
  const awaited = [outstanding('first', ['hero'])];
  expect(settled({ layout: editorial, arrived: [], awaited })).toBe(3);
  expect(settled({ arrived: [], awaited })).toBe(0);
});

test('nothing is settled for a viewer whose page every list has a say in', () => {
  const arrived = [candidate('first'), candidate('second'), candidate('third')];
  const awaited = [outstanding('fourth')];
  expect(settled({ context: { personal: true }, layout: { passes: inTurn }, arrived, awaited })).toBe(0);
});

test('a widget that would make way for a pinned one of a better rank, were there a gap below, is not settled', () => {
  const page = {
    layout: {
      passes: inTurn,
      placements: ['a', 'b', 'c'].map((id, index) => ({
        id,
        kind: 'row',
        attention: index === 0 ? 0.5 : 1,
        required: false,
      })),
    },
    context: { pins: ['first', undefined, undefined] },
    awaited: [outstanding('third')],
  };
  expect(settled({ ...page, arrived: [candidate('first'), candidate('second')] })).toBe(1);
  const pinnedLast = { ...page, context: { pins: ['second', undefined, undefined] } };
  expect(settled({ ...pinnedLast, arrived: [candidate('first'), candidate('second')] })).toBe(2);
});

import type { Layout, Pin } from '@widget-mediator/contracts';
import { list, placement, soundLayout } from '../testing/layouts.ts';
import { layoutFindings } from './layoutFindings.ts';

const pointers = (changes: Partial<Layout> = {}) =>
  layoutFindings(soundLayout(changes)).map(({ pointer }) => pointer);

/** The sound layout with these pins, by placement. */
const pinned = (...pins: (readonly (Pin | string)[])[]): Partial<Layout> => ({
  placements: ['hero', 'row', 'row'].map((kind, index) =>
    placement(`p${index}`, {
      kind,
      pins: (pins[index] ?? []).map((pin) => (typeof pin === 'string' ? { widget: pin } : pin)),
    }),
  ),
});

const ranker = { endpoint: 'https://ranker.example/rank', latencyMs: 30 };
const january = '2027-01-01T00:00:00Z';
const march = '2027-03-01T00:00:00+01:00';
const byCreator = (id: string, creators: string) =>
  list(id, '', {
    items: creators.split(' ').map((creator, n) => ({ id: `${id}${n}`, title: 'x', creator })),
  });
const withCap = (max: number, list: Layout['editorial'][number]): Partial<Layout> => ({
  caps: [{ by: 'creator', max, window: 64 }],
  placements: [placement('one')],
  editorial: [list, ...soundLayout().editorial.slice(1)],
});

/** Two lists pinned one below the other, and at most so many of one team within two placements. */
const cappedPins = (max: number): Partial<Layout> => ({
  caps: [{ by: 'team', max, window: 2 }],
  placements: ['a', 'b'].map((widget) => placement(`of-${widget}`, { required: false, pins: [{ widget }] })),
  editorial: soundLayout().editorial.slice(1),
});

test('a sound layout has none', () => {
  expect(layoutFindings(soundLayout())).toEqual([]);
});

interface Case {
  readonly what: string;
  readonly faulty: Partial<Layout>;
  readonly found: string[];
  readonly mended: Partial<Layout>;
}

const cases: Case[] = [
  {
    what: 'two placements of one id',
    faulty: { placements: [placement('one'), placement('one')] },
    found: ['/placements/1/id', '/editorial/0/placements'],
    mended: { placements: [placement('one', { kind: 'hero' }), placement('two')] },
  },
  {
    what: 'a list and an item that are there twice',
    faulty: { placements: [placement('one')], editorial: [list('a', '1 2 3'), list('a', '4 5 6 4')] },
    found: ['/editorial/1/id', '/editorial/1/items/3/id'],
    mended: { placements: [placement('one')], editorial: [list('a', '1 2 3'), list('b', '4 5 6')] },
  },
  {
    what: 'a prior that names a widget twice',
    faulty: { prior: ['x', 'y', 'x'] },
    found: ['/prior/2'],
    mended: { prior: ['x', 'y'] },
  },
  {
    what: 'two caps that say the same',
    faulty: {
      caps: [
        { by: 'brand', max: 3, window: 4 },
        { by: 'brand', max: 2, window: 4 },
      ],
    },
    found: ['/caps/1'],
    mended: {
      caps: [
        { by: 'brand', max: 3, window: 8 },
        { by: 'brand', max: 2, window: 4 },
      ],
    },
  },
  {
    what: 'the strategy remote with nobody to ask',
    faulty: { strategy: 'remote' },
    found: ['/strategy'],
    mended: { strategy: 'remote', ranker },
  },
  { what: 'a ranker that nobody asks', faulty: { ranker }, found: ['/ranker'], mended: {} },
  {
    what: 'a list whose minItems is more than it has',
    faulty: { editorial: [...soundLayout().editorial, list('c', '20 21 22', { minItems: 4 })] },
    found: ['/editorial/3/minItems'],
    mended: { editorial: [...soundLayout().editorial, list('c', '20 21 22')] },
  },
  {
    what: 'a list for kinds that the layout has not',
    faulty: { editorial: [...soundLayout().editorial, list('c', '20 21 22', { placements: ['tile'] })] },
    found: ['/editorial/3/placements'],
    mended: {
      editorial: [...soundLayout().editorial, list('c', '20 21 22', { placements: ['tile', 'row'] })],
    },
  },
  {
    what: 'a placement too small for all lists of its kind, and so a list too large for all placements of its kinds',
    faulty: {
      placements: [
        placement('hero', { kind: 'hero', maxItems: 2, required: false }),
        placement('one', { maxItems: 3 }),
        placement('two'),
      ],
    },
    found: ['/editorial/0/minItems', '/placements/0/maxItems'],
    mended: {
      placements: [placement('hero', { kind: 'hero', maxItems: 3 }), placement('one'), placement('two')],
    },
  },
  {
    what: 'a cap that leaves too little of a list',
    faulty: withCap(1, byCreator('c', 'x x y y y')),
    found: ['/editorial/0/items'],
    mended: withCap(2, byCreator('c', 'x x y y y')),
  },
  {
    what: 'a pin that ends when it begins',
    faulty: pinned([], [{ widget: 'x', from: january, until: '2027-01-01T01:00:00+01:00' }]),
    found: ['/placements/1/pins/0/until'],
    mended: pinned([], [{ widget: 'x', from: january, until: march }]),
  },
  {
    what: 'a list pinned to a kind that it does not take',
    faulty: pinned([], ['top']),
    found: ['/placements/1/pins/0/widget'],
    mended: pinned(['top']),
  },
  {
    what: 'a list pinned where fewer items are shown than it needs',
    faulty: {
      placements: [
        placement('hero', { kind: 'hero' }),
        placement('one', { maxItems: 2, required: false, pins: [{ widget: 'a' }] }),
        placement('two'),
      ],
      editorial: [...soundLayout().editorial, list('small', '20 21', { minItems: 2 })],
    },
    found: ['/placements/1/pins/0/widget'],
    mended: pinned([], ['a']),
  },
  {
    what: 'two pins of one placement for everyone',
    faulty: pinned([], ['x', 'y']),
    found: ['/placements/1/pins/1'],
    mended: pinned([], ['x', 'x']),
  },
  {
    what: 'two pins of one placement for segments that meet',
    faulty: pinned(
      [],
      [
        { widget: 'x', segments: ['kids', 'sport'] },
        { widget: 'y', segments: ['sport'] },
      ],
    ),
    found: ['/placements/1/pins/1'],
    mended: pinned(
      [],
      [
        { widget: 'x', segments: ['kids'] },
        { widget: 'y', segments: ['sport'] },
      ],
    ),
  },
  {
    what: 'a pin for a segment and one for everyone',
    faulty: pinned([], [{ widget: 'x', segments: ['kids'] }, { widget: 'y' }]),
    found: ['/placements/1/pins/1'],
    mended: pinned(
      [],
      [
        { widget: 'x', segments: ['kids'], from: january },
        { widget: 'y', until: january },
      ],
    ),
  },
  {
    what: 'two pins of one placement at times that overlap',
    faulty: pinned(
      [],
      [
        { widget: 'x', until: march },
        { widget: 'y', from: january },
      ],
    ),
    found: ['/placements/1/pins/1'],
    mended: pinned(
      [],
      [
        { widget: 'x', until: march },
        { widget: 'y', from: march },
      ],
    ),
  },
  {
    what: 'a widget pinned to two placements',
    faulty: pinned([], [{ widget: 'x', segments: ['kids'] }], ['x']),
    found: ['/placements/2/pins/0'],
    mended: pinned([], [{ widget: 'x', until: january }], [{ widget: 'x', from: january }]),
  },
  {
    what: 'more pinned lists than a cap on teams allows',
    faulty: cappedPins(1),
    found: ['/placements/1/pins/0'],
    mended: cappedPins(2),
  },
];

test.each(cases)('finds $what, and nothing once it is mended', ({ faulty, found, mended }) => {
  expect(pointers(faulty)).toEqual(found);
  expect(pointers(mended)).toEqual([]);
});

test('says what is wrong and what to do', () => {
  for (const { faulty } of cases) {
    for (const { detail } of layoutFindings(soundLayout(faulty))) expect(detail).toMatch(/^\S.+: \S.+[^.]$/);
  }
});

test('finds everything at once, and everything is gone when all is mended', () => {
  const faulty: Partial<Layout> = {
    prior: ['x', 'x'],
    ranker,
    caps: [
      { by: 'brand', max: 3, window: 4 },
      { by: 'brand', max: 2, window: 4 },
    ],
    ...pinned(['a'], ['x', 'y'], ['x', { widget: 'z', from: march, until: january }]),
    editorial: [
      list('top', '1 2 3', { placements: ['hero'], minItems: 5 }),
      list('a', '4 5 6 4'),
      list('b', '8 9 10', { placements: ['tile'] }),
    ],
  };
  expect(pointers(faulty)).toEqual([
    '/editorial/1/items/3/id',
    '/prior/1',
    '/caps/1',
    '/ranker',
    '/editorial/0/minItems',
    '/editorial/2/placements',
    '/placements/2/pins/1/until',
    '/placements/0/pins/0/widget',
    '/placements/1/pins/1',
    '/placements/2/pins/0',
    '/placements/0',
    '/placements/2',
  ]);
  expect(pointers(pinned(['top'], ['x'], [{ widget: 'z', from: january, until: march }]))).toEqual([]);
});

describe('pins that contest each other', () => {
  const pins = (...entries: Pin[]) => pointers(pinned([], entries));

  it('are not those of different segments, of which the first in the list is honoured', () => {
    expect(pins({ widget: 'x', segments: ['kids'] }, { widget: 'y', segments: ['sport'] })).toEqual([]);
  });

  it('are found past one that ended before', () => {
    expect(
      pins(
        { widget: 'x', until: march },
        { widget: 'y', until: january },
        { widget: 'z', from: january, until: march },
      ),
    ).toEqual(['/placements/1/pins/1', '/placements/1/pins/2']);
  });

  it('are found behind another of the same widget that lasts longer', () => {
    expect(pins({ widget: 'x' }, { widget: 'y', until: march }, { widget: 'x', from: january })).toEqual([
      '/placements/1/pins/1',
      '/placements/1/pins/2',
    ]);
  });

  it('are not those that are never in force', () => {
    expect(pins({ widget: 'x' }, { widget: 'y', from: march, until: january })).toEqual([
      '/placements/1/pins/1/until',
    ]);
  });

  it('name each other in the detail', () => {
    const [finding] = layoutFindings(soundLayout(pinned([], ['x', 'y'])));
    expect(finding?.detail).toContain('/placements/1/pins/0, which promises the placement to x');
  });
});

test('pins on different pages, or further apart than the window, are not too many of one team', () => {
  const [one, two] = cappedPins(1).placements ?? [];
  const between = placement('between', { required: false });
  expect(pointers({ ...cappedPins(1), pageSize: 1 })).toEqual([]);
  expect(
    pointers({ ...cappedPins(1), placements: [one, between, two].flatMap((place) => place ?? []) }),
  ).toEqual([]);
});

describe('placements that the editorial pool alone cannot fill', () => {
  it('are found when lists share items', () => {
    const placements = [placement('one'), placement('two')];
    expect(pointers({ placements, editorial: [list('a', '1 2 3'), list('b', '3 4 5')] })).toEqual([
      '/placements/1',
    ]);
    expect(pointers({ placements, editorial: [list('a', '1 2 3'), list('b', '3 4 5 6')] })).toEqual([]);
  });

  it('are found when no list takes the kind', () => {
    expect(
      pointers({ placements: [placement('tile', { kind: 'tile' }), ...soundLayout().placements] }),
    ).toEqual(['/placements/0']);
  });

  it('are not those that are not required', () => {
    const placements = [...soundLayout().placements, placement('more', { required: false })];
    expect(pointers({ placements })).toEqual([]);
  });

  it('are found whatever source the layout pins there', () => {
    const placements = [...soundLayout().placements, placement('more', { pins: [{ widget: 'a-source' }] })];
    expect(pointers({ placements })).toEqual(['/placements/3']);
  });

  it('are found on pages by cursor, where nothing of the pages above is repeated', () => {
    const placements = [placement('one'), placement('two'), placement('three')];
    const editorial = [list('a', '1 2 3'), list('b', '4 5 6'), list('c', '1 5 9 10')];
    expect(pointers({ placements, editorial, pageSize: 1 })).toEqual(['/placements/2']);
    const longer = [...editorial.slice(0, 2), list('c', '1 5 9 10 11')];
    expect(pointers({ placements, editorial: longer, pageSize: 1 })).toEqual([]);
  });

  it('are found where only a list of the pages above would be left', () => {
    const placements = [placement('one', { maxItems: 3 }), placement('two')];
    expect(pointers({ placements, editorial: [list('a', '1 2 3 4 5 6')], pageSize: 1 })).toEqual([
      '/placements/1',
    ]);
  });

  it('are found on the one page of a layout whose pageSize is more than its placements', () => {
    expect(pointers({ pageSize: 64 })).toEqual([]);
    expect(pointers({ pageSize: 64, editorial: soundLayout().editorial.slice(0, 2) })).toEqual([
      '/placements/2',
    ]);
  });

  it.each([
    ['a time', { from: january, until: march }],
    ['a segment', { segments: ['kids'] }],
  ])('are found when a list is pinned elsewhere for %s', (_what, scope) => {
    const editorial = [
      list('top', '1 2 3', { placements: ['hero', 'row'] }),
      ...soundLayout().editorial.slice(1),
    ];
    const findings = layoutFindings(soundLayout({ editorial, ...pinned([], [{ widget: 'top', ...scope }]) }));
    expect(findings).toEqual([
      { pointer: '/placements/0', detail: expect.stringMatching(/^while other pins .* are in force, /) },
    ]);
    expect(pointers({ editorial, ...pinned([{ widget: 'top', ...scope }]) })).toEqual([]);
  });
});

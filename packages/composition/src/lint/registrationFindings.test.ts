import type { Layout, WidgetManifest } from '@widget-mediator/contracts';
import { list, placement, soundLayout } from '../testing/layouts.ts';
import { layoutFindings } from './layoutFindings.ts';
import { registrationFindings } from './registrationFindings.ts';

const manifest = (id: string, spec: Partial<WidgetManifest['spec']> = {}, owner = id): WidgetManifest => ({
  apiVersion: 'widget-mediator/v2',
  kind: 'Widget',
  metadata: { id, owner, title: id },
  spec: {
    itemType: 'film',
    delivery: { mode: 'push', ttlMs: 1_000, staleForMs: 1_000 },
    budget: {
      latencyMs: 80,
      ratePerSecond: 200,
      maxBytes: 1_024,
      errorShare: 0.5,
      mode: { rate: 'enforce', errors: 'enforce', load: 'enforce' },
    },
    minItems: 4,
    maxItems: 20,
    placements: ['row'],
    dedupe: { key: 'item', yields: true, blocks: true },
    lifecycle: 'live',
    ...spec,
  },
});

const pointers = (changes: Partial<Layout>, ...manifests: WidgetManifest[]) =>
  registrationFindings(soundLayout(changes), manifests).map(({ pointer }) => pointer);

const pinnedRow = (widget: string, maxItems?: number): Partial<Layout> => ({
  placements: [
    placement('hero', { kind: 'hero' }),
    placement('one', { pins: [{ widget }], ...(maxItems !== undefined && { maxItems }) }),
  ],
});
const twoPins = (max: number): Partial<Layout> => ({
  caps: [{ by: 'team', max, window: 64 }],
  placements: ['w', 'v'].map((widget) => placement(`of-${widget}`, { pins: [{ widget }] })),
});
const tile = { placements: [placement('tile', { kind: 'tile', required: false })] };

test('a layout that names nobody, and lists that fill it, have none', () => {
  expect(pointers({})).toEqual([]);
});

interface Case {
  readonly what: string;
  readonly layout: Partial<Layout>;
  readonly manifests: WidgetManifest[];
  readonly found: string[];
  readonly mended: WidgetManifest[];
}

const cases: Case[] = [
  {
    what: 'names in the prior and in pins that nobody is registered under',
    layout: { ...pinnedRow('w'), prior: ['a', 'v'] },
    manifests: [],
    found: ['/prior/1', '/placements/1/pins/0/widget'],
    mended: [manifest('w'), manifest('v')],
  },
  {
    what: 'a list that a widget of its id hides',
    layout: {},
    manifests: [manifest('b')],
    found: ['/editorial/2/id'],
    mended: [manifest('c')],
  },
  {
    what: 'a placement that nobody takes',
    layout: tile,
    manifests: [manifest('w')],
    found: ['/placements/0'],
    mended: [manifest('w', { placements: ['tile'] })],
  },
  {
    what: 'a placement that only a widget takes that is not live',
    layout: tile,
    manifests: [manifest('w', { placements: ['tile'], lifecycle: 'shadow' })],
    found: ['/placements/0'],
    mended: [manifest('w', { placements: ['tile'] })],
  },
  {
    what: 'a pinned widget that does not take the kind',
    layout: pinnedRow('w'),
    manifests: [manifest('w', { placements: ['hero'] })],
    found: ['/placements/1/pins/0/widget'],
    mended: [manifest('w')],
  },
  {
    what: 'a pinned widget that needs more items than the placement shows',
    layout: pinnedRow('w', 3),
    manifests: [manifest('w')],
    found: ['/placements/1/pins/0/widget'],
    mended: [manifest('w', { minItems: 3 })],
  },
  {
    what: 'a pinned widget that is not live',
    layout: pinnedRow('w'),
    manifests: [manifest('w', { lifecycle: 'canary' })],
    found: ['/placements/1/pins/0/widget'],
    mended: [manifest('w')],
  },
  {
    what: 'pinned widgets of one team that a cap does not allow together',
    layout: twoPins(1),
    manifests: [manifest('w', {}, 'team'), manifest('v', {}, 'team')],
    found: ['/placements/1/pins/0'],
    mended: [manifest('w', {}, 'team'), manifest('v', {}, 'other')],
  },
];

test.each(cases)('finds $what, and nothing once it is mended', ({ layout, manifests, found, mended }) => {
  expect(pointers(layout, ...manifests)).toEqual(found);
  expect(pointers(layout, ...mended)).toEqual([]);
});

test('says what is wrong and what to do', () => {
  for (const { layout, manifests } of cases) {
    for (const { detail } of registrationFindings(soundLayout(layout), manifests))
      expect(detail).toMatch(/^\S.+: \S.+[^.]$/);
  }
});

test('leaves out what is wrong with the layout by itself', () => {
  const faulty = soundLayout({
    editorial: [list('top', '1 2', { placements: ['hero'], minItems: 2 })],
    ...pinnedRow('top'),
    strategy: 'remote',
  });
  expect(layoutFindings(faulty)).not.toEqual([]);
  expect(registrationFindings(faulty, [manifest('w')])).toEqual([]);
});

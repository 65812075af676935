import { HomepageRequest, Layout } from '@widget-mediator/contracts';
import type { Homepage } from '../homepage/composeHomepage.ts';
import { createTakedowns } from '../registry/takedowns.ts';
import { createLastPages, type LastPages } from './lastPages.ts';

const layoutOf = (version: string) =>
  Layout.parse({
    apiVersion: 'widget-mediator/v1',
    kind: 'Layout',
    id: 'home',
    version,
    deadlineMs: 100,
    placements: [{ id: 'row', kind: 'row', required: false }],
    editorial: [],
  });
const takenDownNow = () => {
  const takedowns = createTakedowns();
  const of = { reason: 'x', at: '2026-11-27T00:00:00Z', team: 'platform', key: 'k', revision: 1 };
  takedowns.replace([{ target: 'item', id: 'film:1', ...of }]);
  return takedowns.inForce(0);
};
const body = Buffer.from('{"pageId":"1"}');
const request = (about: Partial<HomepageRequest> = {}): HomepageRequest => HomepageRequest.parse(about);

let nowMs: number;
let basis: Homepage['madeFrom'];
let pages: LastPages;
beforeEach(() => {
  nowMs = 0;
  basis = { layout: layoutOf('1'), takenDown: undefined };
  pages = createLastPages({ basisOf: () => basis, now: () => nowMs });
});
const keep = (about: Partial<HomepageRequest> = {}) => pages.keep(request(about), { body, madeFrom: basis });

test('gives the last page for nobody in particular, to known viewers too', () => {
  expect(pages.find(request())).toBeUndefined();
  keep();
  expect(pages.find(request())).toBe(body);
  expect(pages.find(request({ user: 'u1', segments: ['a'] }))).toBe(body);
});

test('tells devices, locales and ages apart', () => {
  keep({ device: 'tv', locale: 'en', maturity: 12 });
  expect(pages.find(request({ device: 'tv', locale: 'en', maturity: 12 }))).toBe(body);
  for (const other of [
    { device: 'web' as const },
    { device: 'tv' as const },
    { device: 'tv' as const, locale: 'de' },
  ])
    expect(pages.find(request(other))).toBeUndefined();
});

test.each<Partial<HomepageRequest>>([
  { user: 'u1' },
  { session: 's1' },
  { segments: ['a'] },
  { cursor: 'c' },
  { dismissed: ['1'] },
])('keeps none that was made for %j', (about) => {
  keep(about);
  expect(pages.find(request())).toBeUndefined();
});

test.each<Partial<HomepageRequest>>([{ cursor: 'c' }, { dismissed: ['1'] }, { explain: true }, { why: 'x' }])(
  'gives none to who asks with %j',
  (about) => {
    keep();
    expect(pages.find(request(about))).toBeUndefined();
  },
);

test('gives none that is older than ten seconds', () => {
  keep();
  nowMs = 9_999;
  expect(pages.find(request())).toBe(body);
  nowMs = 10_000;
  expect(pages.find(request())).toBeUndefined();
});

test('gives none of another layout, nor one from before something was taken down', () => {
  keep();
  basis = { ...basis, layout: layoutOf('2') };
  expect(pages.find(request())).toBeUndefined();
  keep();
  basis = { ...basis, takenDown: takenDownNow() };
  expect(pages.find(request())).toBeUndefined();
});

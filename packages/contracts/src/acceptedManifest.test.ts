import {
  AcceptedManifest,
  downgradeManifest,
  manifestVersionOf,
  manifestVersions,
  Registration,
  WidgetManifest,
  WidgetManifestV1,
} from './index.ts';

const written = (apiVersion: string, budget: object = {}, metadata: object = {}) => ({
  apiVersion,
  kind: 'Widget',
  metadata: { id: 'w', owner: 't', title: 'W', contact: 'us', ...metadata },
  spec: {
    itemType: 'film',
    delivery: { mode: 'push' },
    fallback: { widget: 'other' },
    eligibility: { devices: ['tv'] },
    budget,
    placements: ['row'],
  },
});
const v1 = (budget?: object, metadata?: object) => written('widget-mediator/v1', budget, metadata);
const v2 = (budget?: object, metadata?: object) => written('widget-mediator/v2', budget, metadata);

describe('a manifest of version 1', () => {
  test.each([
    ['without a budget', {}, {}],
    ['with one mode for all budgets', { mode: 'shadow' }, { mode: each('shadow') }],
    ['with a mode for one budget', { mode: { rate: 'shadow' } }, { mode: { rate: 'shadow' } }],
    ['with a latency', { latencyMs: 20, mode: 'enforce' }, { latencyMs: 20, mode: each('enforce') }],
  ])('%s is read as what version 2 says of it', (_what, before, now) => {
    expect(AcceptedManifest.parse(v1(before))).toEqual(WidgetManifest.parse(v2(now)));
  });

  test('is what its readers are answered in, and nothing is lost between the two', () => {
    const manifest = AcceptedManifest.parse(v1({ mode: { load: 'shadow' } }));
    const answered = downgradeManifest(manifest);
    expect(WidgetManifestV1.parse(answered)).toEqual(answered);
    expect(AcceptedManifest.parse(answered)).toEqual(manifest);
  });

  test('cannot say what only version 2 can', () => {
    const deprecation = { since: '2026-12-01T00:00:00Z' };
    expect(AcceptedManifest.safeParse(v1({}, { deprecation })).success).toBe(false);
    expect(AcceptedManifest.safeParse(v2({}, { deprecation })).success).toBe(true);
    expect(AcceptedManifest.safeParse(v2({ mode: 'shadow' })).success).toBe(false);
  });

  test('that was stored before there was version 2 can still be read', () => {
    const stored = { manifest: v1(), revision: 3, incarnation: 'a', updatedAt: '2026-01-01T00:00:00Z' };
    expect(Registration.parse(stored).manifest.apiVersion).toBe('widget-mediator/v2');
  });
});

test('the version of a document is one of those accepted, or none', () => {
  expect(manifestVersions.map((version) => manifestVersionOf(written(version)))).toEqual(manifestVersions);
  for (const other of [written('widget-mediator/v3'), {}, [], null, 'text'])
    expect(manifestVersionOf(other)).toBeUndefined();
});

test('a sunset is not before the deprecation', () => {
  const deprecated = (since: string, sunset: string) =>
    AcceptedManifest.safeParse(v2({}, { deprecation: { since, sunset } })).success;
  expect(deprecated('2026-12-01T00:00:00Z', '2026-12-01T01:00:00+01:00')).toBe(true);
  expect(deprecated('2026-12-01T00:00:00Z', '2026-12-01T00:59:59+01:00')).toBe(false);
});

function each(mode: 'enforce' | 'shadow') {
  return { rate: mode, errors: mode, load: mode };
}

import type { HomepageRequest, Layout, WidgetManifest } from '@widget-mediator/contracts';
import { eligibilityVerdict } from './eligibility.ts';
import { plainLayout } from './testing/plainLayout.ts';

const request: HomepageRequest = {
  device: 'phone',
  locale: 'en-GB',
  segments: ['a', 'b'],
  dismissed: [],
  seen: [],
  lastPage: [],
  explain: false,
};

const layout: Layout = {
  ...plainLayout,
  placements: [
    { id: 'hero', kind: 'hero', attention: 1, required: true, maxItems: 1 },
    { id: 'row', kind: 'row', attention: 1, required: true },
  ],
  editorial: [],
};

const page = { layout, nowMs: Date.parse('2026-12-01T00:00:00Z') };

function manifest(spec: Partial<WidgetManifest['spec']>): WidgetManifest {
  return {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id: 'trending', owner: 'charts', title: 'Trending' },
    spec: {
      itemType: 'film',
      delivery: { mode: 'push', ttlMs: 60_000, staleForMs: 60_000 },
      budget: {
        latencyMs: 80,
        ratePerSecond: 200,
        maxBytes: 262_144,
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
  };
}

describe('eligibility', () => {
  it.each([
    ['passes a widget that asks for nothing', {}, undefined],
    ['keeps back what is not live', { lifecycle: 'canary' }, 'not-live'],
    ['keeps back what is for other devices', { eligibility: { devices: ['tv'] } }, 'device-not-eligible'],
    ['passes a device among several', { eligibility: { devices: ['tv', 'phone'] } }, undefined],
    ['takes en to mean en-GB too', { eligibility: { locales: ['de', 'en'] } }, undefined],
    ['compares languages by whole subtags', { eligibility: { locales: ['e'] } }, 'locale-not-eligible'],
    ['does not take en-US to mean en-GB', { eligibility: { locales: ['en-US'] } }, 'locale-not-eligible'],
    ['passes one segment in common', { eligibility: { segments: ['z', 'b'] } }, undefined],
    ['keeps back what is for other segments', { eligibility: { segments: ['z'] } }, 'segment-not-eligible'],
    ['passes any maturity when the request states none', { eligibility: { maturity: 18 } }, undefined],
    ['keeps back what no placement has the kind for', { placements: ['tile'] }, 'no-placement'],
    ['keeps back what every placement is too small for', { placements: ['hero'] }, 'no-placement'],
    ['passes what fits a small placement', { placements: ['hero'], minItems: 1 }, undefined],
  ] as const)('%s', (_, spec, code) => {
    expect(eligibilityVerdict(manifest(spec as Partial<WidgetManifest['spec']>), request, page)).toBe(code);
  });

  it.each([
    [15, 'maturity-not-eligible'],
    [16, undefined],
    [18, undefined],
  ] as const)('at maturity 16 and a viewer of %i: %s', (maturity, code) => {
    const widget = manifest({ eligibility: { maturity: 16 } });
    expect(eligibilityVerdict(widget, { ...request, maturity }, page)).toBe(code);
  });

  it.each([
    ['passes what has no sunset', undefined, undefined],
    ['passes until the sunset', '2026-12-01T00:00:01Z', undefined],
    ['keeps back from the sunset on', '2026-12-01T00:00:00Z', 'sunset'],
    ['compares moments, whatever their offset', '2026-12-01T00:30:00+01:00', 'sunset'],
  ] as const)('%s', (_, sunset, code) => {
    const widget = manifest({});
    const deprecation = { since: '2026-11-01T00:00:00Z', ...(sunset !== undefined && { sunset }) };
    const metadata = { ...widget.metadata, deprecation };
    expect(eligibilityVerdict({ ...widget, metadata }, request, page)).toBe(code);
  });
});

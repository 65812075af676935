import { eligibilityVerdict } from '@widget-mediator/composition';
import { Device, HomepageRequest, Layout, Registration } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { createRegistry } from './registry.ts';

const layout = Layout.parse({
  apiVersion: 'widget-mediator/v1',
  kind: 'Layout',
  id: 'homepage',
  version: '1',
  deadlineMs: 100,
  placements: [
    { id: 'hero', kind: 'hero', maxItems: 3 },
    { id: 'row', kind: 'row' },
  ],
  editorial: [],
});

const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 });
const eligibility = fc.record(
  {
    devices: some(...Device.options),
    locales: some('en', 'en-GB', 'de', 'zh-Hant'),
    segments: some('a', 'b', 'c'),
    maturity: fc.constantFrom(0, 12, 16, 18),
  },
  { requiredKeys: [] },
);

const registrations = fc
  .array(
    fc.tuple(
      eligibility,
      some('hero', 'row', 'banner'),
      fc.constantFrom('live', 'shadow'),
      fc.integer({ min: 1, max: 6 }),
      fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    ),
  )
  .map((specs) =>
    specs.map(([only, placements, lifecycle, minItems, sunset], index) =>
      Registration.parse({
        revision: 1,
        incarnation: 'a',
        updatedAt: '2026-01-01T00:00:00Z',
        manifest: {
          apiVersion: 'widget-mediator/v2',
          kind: 'Widget',
          metadata: {
            id: `w${index}`,
            owner: 't',
            title: 'W',
            ...(sunset && { deprecation: { since: dayOf(0), sunset: dayOf(sunset) } }),
          },
          spec: {
            itemType: 'film',
            delivery: { mode: 'push' },
            eligibility: only,
            placements,
            lifecycle,
            minItems,
          },
        },
      }),
    ),
  );

const requests = fc.array(
  fc
    .record(
      {
        device: fc.constantFrom(...Device.options),
        locale: fc.constantFrom('en', 'en-GB', 'en-US', 'de-AT', 'zh', 'zh-Hant-TW', 'fr'),
        segments: fc.subarray(['a', 'b', 'c', 'd']),
        maturity: fc.integer({ min: 0, max: 21 }),
      },
      { requiredKeys: ['device', 'locale', 'segments'] },
    )
    .map((request) => HomepageRequest.parse(request)),
  { minLength: 1, maxLength: 8 },
);

/** A moment of one of ten days, from 0. */
const dayOf = (day: number): string => `2026-01-${String(day + 1).padStart(2, '0')}T00:00:00Z`;

const idOf = ({ manifest }: Registration): string => manifest.metadata.id;

/** Two days, the earlier first. */
const days = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

test('the index finds what a scan would, whatever was asked and registered before, and leaves out the rest with a reason', () => {
  fc.assert(
    fc.property(registrations, requests, fc.nat(), days, (all, asked, removed, [before, after]) => {
      const registry = createRegistry();
      for (const one of all) registry.set(idOf(one), one);
      for (const request of asked) registry.eligible(request, { layout, nowMs: Date.parse(dayOf(before)) });
      const gone = all[removed % Math.max(1, all.length)];
      if (gone !== undefined) registry.set(idOf(gone), undefined);

      const page = { layout, nowMs: Date.parse(dayOf(after)) };
      for (const request of asked) {
        const left = all.filter((one) => one !== gone);
        const scanned = left.filter(
          ({ manifest }) => eligibilityVerdict(manifest, request, page) === undefined,
        );
        expect(registry.eligible(request, page).map(idOf).sort()).toEqual(scanned.map(idOf).sort());
        const excluded = registry.excluded(request, page).map(({ widget }) => widget);
        expect([...excluded, ...scanned.map(idOf)].sort()).toEqual(left.map(idOf).sort());
      }
    }),
    { numRuns: 300 },
  );
});

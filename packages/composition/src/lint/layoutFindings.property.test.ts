import type { Layout, Pin } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { layouts } from '../testing/arbitraries.ts';
import { list, placement, soundLayout } from '../testing/layouts.ts';
import { contestedPins } from './contestedPins.ts';
import { layoutFindings } from './layoutFindings.ts';
import { registrationFindings } from './registrationFindings.ts';
import { type ScopedPin, scopedPins } from './scopedPins.ts';

const time = fc.integer({ min: 1, max: 8 }).map((day) => `2027-01-0${day}T00:00:00Z`);

const pin: fc.Arbitrary<Pin> = fc.record(
  {
    widget: fc.constantFrom('w0', 'w1', 'w2', 'editorial-0'),
    segments: fc.subarray(['kids', 'sport', 'news'], { minLength: 1 }),
    from: time,
    until: time,
  },
  { requiredKeys: ['widget'] },
);

/** Layouts with pins, caps and pages, of which most have something wrong. */
const pinnedLayouts: fc.Arbitrary<Layout> = fc
  .record({
    layout: layouts,
    pins: fc.array(fc.array(pin, { maxLength: 4 }), { maxLength: 7 }),
    caps: fc.array(
      fc.record({
        by: fc.constantFrom('team', 'brand', 'creator'),
        max: fc.integer({ min: 1, max: 3 }),
        window: fc.integer({ min: 1, max: 64 }),
      }),
      { maxLength: 3 },
    ),
    pageSize: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ layout, pins, caps, pageSize }) => ({
    ...layout,
    caps,
    pageSize,
    placements: layout.placements.map((entry, index) => ({ ...entry, pins: pins[index] ?? [] })),
  }));

const share = (a: ScopedPin, b: ScopedPin): boolean =>
  a.segments === undefined ||
  b.segments === undefined ||
  [...a.segments].some((segment) => b.segments?.has(segment));

/** Whether two pins contest each other, by the book. */
const contest = (a: ScopedPin, b: ScopedPin): boolean =>
  (a.placement === b.placement) !== (a.widget === b.widget) &&
  Math.max(a.fromMs, b.fromMs) < Math.min(a.untilMs, b.untilMs) &&
  share(a, b);

test('pins contest each other if and only if comparing them pair by pair says so', () => {
  fc.assert(
    fc.property(pinnedLayouts, (layout) => {
      const pins = scopedPins(layout);
      const found = new Set(contestedPins(pins).map(({ pointer }) => pointer));
      const expected = pins.filter((later, at) =>
        pins.some(
          (one, index) =>
            contest(one, later) && (one.fromMs < later.fromMs || (one.fromMs === later.fromMs && index < at)),
        ),
      );
      expect(found).toEqual(new Set(expected.map(({ pointer }) => pointer)));
    }),
    { numRuns: 1_000 },
  );
});

test('whatever the layout says, nothing is thrown, every pointer leads somewhere, and none says two different things', () => {
  fc.assert(
    fc.property(pinnedLayouts, (layout) => {
      const findings = [...layoutFindings(layout), ...registrationFindings(layout, [])];
      for (const { pointer } of findings)
        expect([pointer, valueAt(layout, pointer)]).not.toEqual([pointer, undefined]);
      const texts = findings.map(({ pointer, detail }) => `${pointer} ${detail}`);
      expect(new Set(texts).size).toBe(texts.length);
    }),
    { numRuns: 1_000 },
  );
});

/** The value that a JSON Pointer (RFC 6901) leads to. */
function valueAt(value: unknown, pointer: string): unknown {
  let at = value;
  for (const name of pointer.split('/').slice(1)) {
    at =
      typeof at === 'object' && at !== null
        ? Object.entries(at).find(([key]) => key === name)?.[1]
        : undefined;
  }
  return at;
}

test.each([
  ['one widget for everyone', () => ({ widget: 'w' })],
  [
    'many widgets, times and segments',
    (n: number) => ({
      widget: n % 3 === 0 ? `list-${n % 64}` : `w${n % 100}`,
      segments: Array.from({ length: 20 }, (_, index) => `s${(n * 7 + index) % 400}`),
      from: new Date(Date.UTC(2027, 0, 1, n)).toISOString(),
      until: new Date(Date.UTC(2027, 0, 3, n)).toISOString(),
    }),
  ],
])('64 placements of 32 pins each take no cubic time: %s', (_what, pinOf: (n: number) => Pin) => {
  const layout = soundLayout({
    caps: [{ by: 'team', max: 2, window: 8 }],
    placements: Array.from({ length: 64 }, (_, p) =>
      placement(`p${p}`, { pins: Array.from({ length: 32 }, (_, n) => pinOf(p * 32 + n)) }),
    ),
    editorial: Array.from({ length: 64 }, (_, e) =>
      list(`list-${e}`, Array.from({ length: 50 }, (_, n) => `${e * 10 + n}`).join(' ')),
    ),
  });
  const startedAt = performance.now();
  const findings = layoutFindings(layout);
  expect(findings.length).toBeGreaterThan(64);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

import type { HostileRound } from '../publications/measureHostile.ts';
import { hostileFigures, metHostile } from './hostileFigures.ts';

/** A hundred pages, of which two are slow; so many milliseconds. */
const pages = (usualMs: number, slowMs: number, sent = 1) => ({
  latenciesUs: Array.from({ length: 100 }, (_, page) => (page < 98 ? usualMs : slowMs) * 1_000),
  sent,
});

/** Pages whose p99 is 10 ms, but for these beside hostile bodies. */
const rounds = (...p99Ms: number[]): HostileRound[] =>
  p99Ms.map((ms) => ({
    nobody: pages(1, 5),
    honest: pages(2, 10),
    hostile: pages(3, ms),
    unbudgeted: pages(4, 30),
  }));

const met = (found: readonly HostileRound[]) => metHostile(hostileFigures(found, 100));

describe('pages beside hostile bodies', () => {
  test('are compared round by round to those beside honest publications, and shown beside nobody, too', () => {
    const { p50Ratio, p99Ratio, unbudgetedP99Ratio, ...others } = hostileFigures(rounds(5, 20), 100);
    expect(p99Ratio.mean).toBeCloseTo(1, 9);
    expect(p99Ratio.high).toBeGreaterThan(2);
    expect(p50Ratio.mean).toBeCloseTo(1.5, 9);
    expect(unbudgetedP99Ratio.mean).toBeCloseTo(3, 9);
    expect(others).toEqual({
      bodiesPerSecond: 100,
      pages: {
        nobody: { p50Ms: 1, p99Ms: 5 },
        honest: { p50Ms: 2, p99Ms: 10 },
        // Of both rounds together: of their 200 pages two were slower.
        hostile: { p50Ms: 3, p99Ms: 5 },
        unbudgeted: { p50Ms: 4, p99Ms: 30 },
      },
      sent: 1,
    });
  });

  test.each([
    ['are surely not slower', [10, 10.1, 10.2], 'yes'],
    ['are far faster, for nothing is stored', [5, 5.1, 5.2], 'yes'],
    ['are surely slower', [12, 12.1, 12.2], 'no'],
    ['are no slower on average, but that may be chance', [8, 10, 12], null],
    ['are slower on average, but that may be chance', [9, 12, 14], null],
  ])('%s', (_what, p99Ms, expected) => {
    expect(met(rounds(...p99Ms))).toBe(expected);
  });

  test.each(['honest', 'hostile'])('of which too little was sent (%s) say nothing', (sender) => {
    const [first, ...others] = rounds(10, 10, 10);
    const found = first === undefined ? [] : [{ ...first, [sender]: pages(2, 10, 0.9) }, ...others];
    expect(met(found)).toBe('no');
  });
});

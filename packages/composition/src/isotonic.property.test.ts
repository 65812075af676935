import fc from 'fast-check';
import { rankDiscounts } from './discount.ts';
import { shareLifted, writeNonIncreasing } from './isotonic.ts';

const lists = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 300 });

const smoothed = (worths: readonly number[]): number[] => {
  const column = new Float64Array(worths.length + 2).fill(-1);
  const rows = { start: 1, scored: worths.length, end: worths.length + 1, shown: 20 };
  writeNonIncreasing(column, Float64Array.from(worths), rows);
  expect([column[0], column.at(-1)]).toEqual([-1, -1]);
  return [...column.subarray(1, worths.length + 1)];
};

describe('values made non-increasing', () => {
  it('do not increase, stay within what they were, and touch nothing else', () => {
    fc.assert(
      fc.property(lists, (values) => {
        const result = smoothed(values);
        for (const [index, value] of result.entries()) {
          if (index > 0) expect(value).toBeLessThanOrEqual((result[index - 1] ?? 0) * (1 + 1e-12));
          expect(value).toBeGreaterThanOrEqual(Math.min(...values) * (1 - 1e-9));
          expect(value).toBeLessThanOrEqual(Math.max(...values) * (1 + 1e-9));
        }
      }),
    );
  });

  it('are as they were where they are constant within runs of ranks and do not increase', () => {
    const steps = [9, 7, 5, 4, 4, 3, 3, 3, 2, 2, 2, 2, 0];
    for (const [index, value] of smoothed(steps).entries()) expect(value).toBeCloseTo(steps[index] ?? 0, 12);
  });

  it('pool what contradicts the order: a third item worth more than the second lifts it and comes down to it', () => {
    const [first, second, third] = smoothed([9, 1, 4]);
    const weights = [1 / Math.log2(3), 1 / Math.log2(4)] as const;
    const mean = (weights[0] * 1 + weights[1] * 2) / (weights[0] + weights[1]);
    expect(first).toBeCloseTo(9, 12);
    expect(second).toBeCloseTo(mean ** 2, 12);
    expect(third).toBe(second);
  });

  it('come out the same when smoothed again', () => {
    fc.assert(
      fc.property(lists, (values) => {
        const once = smoothed(values);
        for (const [index, value] of smoothed(once).entries()) {
          expect(Math.abs(value - (once[index] ?? 0))).toBeLessThanOrEqual(1e-9 * Math.max(1, value));
        }
      }),
    );
  });

  it('are worth no more in a row of the page than what is shown and a share of what is below', () => {
    const sum = (worths: readonly number[], from: number, to: number) =>
      worths.slice(from, to).reduce((total, worth, at) => total + worth * (rankDiscounts[from + at] ?? 0), 0);
    const shownOf = fc.oneof(fc.constantFrom(1, 2, 3, 5, 8, 12, 20, 30), fc.integer({ min: 1, max: 60 }));
    const uneven = fc.array(fc.constantFrom(0, 0, 1, 100), { maxLength: 70 });
    fc.assert(
      fc.property(fc.oneof(lists, uneven), shownOf, (worths, shown) => {
        const scored = worths.length;
        const rows = { start: 0, scored, end: scored, shown };
        const most = writeNonIncreasing(new Float64Array(scored), Float64Array.from(worths), rows);
        const below = shareLifted(Math.min(shown, scored), scored) * sum(worths, shown, scored);
        expect(most).toBeLessThanOrEqual((sum(worths, 0, shown) + below) * (1 + 1e-12));
      }),
    );
  });

  it('lift less than all of what is below, unless the run that it begins is cut short', () => {
    expect(shareLifted(3, 5)).toBeLessThan(1);
    expect(shareLifted(3, 4)).toBe(1);
  });
});

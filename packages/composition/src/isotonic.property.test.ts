import fc from 'fast-check';
import { writeNonIncreasing } from './isotonic.ts';

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
});

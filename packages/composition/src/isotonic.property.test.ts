import fc from 'fast-check';
import { rankDiscounts } from './discount.ts';
import { type Blocks, runEnds, writeBlocks, writeRows } from './isotonic.ts';
import { mostWeights } from './mostWeights.ts';

const lists = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 300 });

/** Room for three lists, of which the middle one is written. */
const createBlocks = (): Blocks => ({
  ends: new Int32Array(3 * runEnds.length).fill(-1),
  values: new Float64Array(3 * runEnds.length).fill(-1),
  counts: new Uint8Array(3),
});

const smoothed = (worths: readonly number[]): number[] => {
  const items = worths.length;
  const blocks = createBlocks();
  writeBlocks(blocks, 1, Float64Array.from(worths), { items, scored: items, shown: 20 });
  for (const column of [blocks.ends, blocks.values]) {
    const others = [...column.slice(0, runEnds.length), ...column.slice(2 * runEnds.length)];
    expect(new Set(others)).toEqual(new Set([-1]));
  }
  const rows = new Float64Array(items + 2).fill(-1);
  writeRows(blocks, 1, { rows, start: 1, end: items + 1 });
  expect([rows[0], rows.at(-1)]).toEqual([-1, -1]);
  return [...rows.subarray(1, items + 1)];
};

describe('values made non-increasing', () => {
  it('do not increase, stay within what they were, and touch nothing else', () => {
    fc.assert(
      fc.property(lists, (values) => {
        const result = smoothed(values);
        const most = Math.max(...values);
        for (const [index, value] of result.entries()) {
          if (index > 0) expect(value).toBeLessThanOrEqual((result[index - 1] ?? 0) + 1e-12 * most);
          expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9 * most);
          expect(value).toBeLessThanOrEqual(most * (1 + 1e-9));
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

  it('are worth in a row of the page what is said, which is no more than the weights allow', () => {
    const shownOf = fc.oneof(fc.constantFrom(1, 2, 3, 5, 8, 12, 20, 30), fc.integer({ min: 1, max: 60 }));
    const uneven = fc.array(fc.constantFrom(0, 0, 1, 100), { maxLength: 70 });
    const longer = Array.from({ length: 300 }, (_, rank) => 1 / (60 + rank));
    fc.assert(
      fc.property(fc.oneof(lists, uneven), shownOf, fc.nat(20), (worths, shown, unscored) => {
        const scored = worths.length;
        const items = scored === 0 ? 0 : scored + unscored;
        const blocks = createBlocks();
        const most = writeBlocks(blocks, 1, Float64Array.from(worths), { items, scored, shown });
        const rows = new Float64Array(items);
        writeRows(blocks, 1, { rows, start: 0, end: items });
        const head = rows.slice(0, shown).reduce((sum, row, at) => sum + row * (rankDiscounts[at] ?? 0), 0);
        expect(Math.abs(most - head)).toBeLessThanOrEqual(1e-9 * Math.max(1, head));
        if (unscored > 0 && shown > scored) return;
        const weights = mostWeights(Math.min(shown, scored), scored);
        const bound = worths.reduce((sum, worth, rank) => sum + worth * (weights[rank] ?? 0), 0);
        expect(most).toBeLessThanOrEqual(bound * (1 + 1e-12));
      }),
      { examples: [[longer, 400, 0]] },
    );
  });

  it('lift less than all of what is below, unless the run that it begins is cut short', () => {
    const share = (shown: number, scored: number) =>
      (mostWeights(shown, scored)[shown] ?? 0) / (rankDiscounts[shown] ?? 1);
    expect(share(3, 5)).toBeLessThan(1);
    expect(share(3, 4)).toBe(1);
  });
});

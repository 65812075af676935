import { IncompletePage } from '../benchFailure.ts';
import { intervalOf } from './interval.ts';
import { percentile } from './percentile.ts';
import { rotated } from './rotated.ts';
import { spreadOf } from './spread.ts';
import { undisturbed } from './undisturbed.ts';
import { undisturbedRounds } from './undisturbedRounds.ts';

describe('percentile', () => {
  const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
  ])('share %p of 1 to 100 in any order is %p', (share, expected) => {
    expect(percentile(oneToHundred, share)).toBe(expected);
  });

  it('is always a value that was measured, compared as a number', () => {
    expect(percentile([9, 10, 1000], 0.5)).toBe(10);
    expect(percentile([7], 0.01)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('spreadOf', () => {
  it('has the middle of an odd number and the mean of the middle two of an even one', () => {
    expect(spreadOf([10, 9, 100])).toEqual({ median: 10, min: 9, max: 100 });
    expect(spreadOf([4, 1, 3, 100])).toEqual({ median: 3.5, min: 1, max: 100 });
  });
});

describe('intervalOf', () => {
  it('is the geometric mean, and further from it the more ratios differ and the fewer there are', () => {
    // The logarithms of 1, 2 and 4 have the deviation ln 2; t is 4.30 for two degrees of freedom.
    const { mean, low, high } = intervalOf([1, 2, 4]);
    expect(mean).toBeCloseTo(2, 9);
    expect(Math.log(high / mean)).toBeCloseTo(Math.log(mean / low), 9);
    expect(Math.log(high / mean) / ((4.303 * Math.LN2) / Math.sqrt(3))).toBeCloseTo(1, 1);
  });

  it.each([
    [5, 2.776],
    [16, 2.131],
    [31, 2.042],
  ])('of %p ratios is as wide as the table of Student\u2019s t says', (count, t) => {
    const ratios = Array.from({ length: count }, (_, index) => 1 + index / 100);
    const logs = ratios.map(Math.log);
    const mean = logs.reduce((sum, one) => sum + one, 0) / count;
    const deviation = Math.sqrt(logs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1));
    const { high } = intervalOf(ratios);
    expect((Math.log(high) - mean) / (deviation / Math.sqrt(count)) / t).toBeCloseTo(1, 2);
  });

  it('is no wider than nothing when all are the same', () => {
    expect(intervalOf([1.02, 1.02, 1.02])).toEqual({
      mean: expect.closeTo(1.02, 12),
      low: expect.closeTo(1.02, 12),
      high: expect.closeTo(1.02, 12),
    });
  });
});

describe('rotated', () => {
  it('puts each server in each place once, in as many rounds as there are servers', () => {
    const rounds = [0, 1, 2].map((round) => rotated(['a', 'b', 'c'], round).join(''));
    expect(rounds).toEqual(['abc', 'bca', 'cab']);
    expect(rotated(['a', 'b', 'c'], 3)).toEqual(['a', 'b', 'c']);
    expect(rotated([], 5)).toEqual([]);
  });
});

describe('undisturbed', () => {
  const usual = { cpuPerPageUs: 100, p99Ms: 1 };
  const verdicts = (...changes: Partial<typeof usual>[]) =>
    undisturbed(changes.map((change) => ({ ...usual, ...change })));

  it('keeps rounds near the median of all', () => {
    expect(verdicts({}, { cpuPerPageUs: 120 }, { cpuPerPageUs: 85 }, { p99Ms: 2.9 })).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('discards a round in which the control cost more, cost less, or answered late', () => {
    expect(verdicts({}, {}, {}, {}, { cpuPerPageUs: 126 }, { cpuPerPageUs: 79 }, { p99Ms: 3.1 })).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('takes a verdict back when later rounds show that the others were the odd ones', () => {
    const slow = { cpuPerPageUs: 200 };
    expect(verdicts(slow, slow, {})).toEqual([true, true, false]);
    expect(verdicts(slow, slow, {}, {}, {})).toEqual([false, false, true, true, true]);
  });

  it('keeps a single round, which has nothing to be off from', () => {
    expect(verdicts({ p99Ms: 70 })).toEqual([true]);
  });
});

describe('undisturbedRounds', () => {
  const control = { cpuPerPageUs: 100, p99Ms: 1 };
  const broken = new IncompletePage('bare answered with 503');

  it('measures until as many as wanted are kept', async () => {
    const measured = await undisturbedRounds(3, async (round) => ({ round, control }));
    expect(measured).toEqual({
      rounds: [0, 1, 2].map((round) => ({ round, control, kept: true })),
      brokenOff: [],
    });
  });

  it('goes on after a round whose page was not complete, and tells of it', async () => {
    const measured = await undisturbedRounds(1, async (round) => {
      if (round === 0) throw broken;
      return { round, control };
    });
    expect(measured).toEqual({
      rounds: [{ round: 1, control, kept: true }],
      brokenOff: ['bare answered with 503'],
    });
  });

  it('gives up, with the reason, when no page is ever complete', async () => {
    let tried = 0;
    const measuring = undisturbedRounds(1, async (): Promise<{ control: typeof control }> => {
      tried += 1;
      throw broken;
    });
    await expect(measuring).rejects.toThrow('bare answered with 503');
    expect(tried).toBe(3);
  });

  it('does not go on after anything else', async () => {
    const gone = new Error('gone');
    await expect(undisturbedRounds(3, () => Promise.reject(gone))).rejects.toBe(gone);
  });
});

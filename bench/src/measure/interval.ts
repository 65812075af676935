import { z } from 'zod';

/** The mean of several ratios, and between what it lies with a confidence of 95 %. */
export const Interval = z.object({ mean: z.number(), low: z.number(), high: z.number() });
export type Interval = z.infer<typeof Interval>;

/**
 * The geometric mean of at least two ratios, by Student's t of their logarithms: a ratio and its reciprocal are equally far
 * from 1. What two ratios differ by is taken as chance.
 */
export function intervalOf(ratios: readonly number[]): Interval {
  const logs = ratios.map(Math.log);
  const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length;
  const freedom = logs.length - 1;
  const variance = logs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / freedom;
  const half = studentT(freedom) * Math.sqrt(variance / logs.length);
  return { mean: Math.exp(mean), low: Math.exp(mean - half), high: Math.exp(mean + half) };
}

/** The 97.5th percentile of the normal distribution. */
const z975 = 1.959964;

/**
 * The same of Student's t: Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.5, to its fourth term; within half a
 * percent from four degrees of freedom up, too small below.
 */
function studentT(freedom: number): number {
  const z = z975;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}

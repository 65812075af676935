import { z } from 'zod';

/** What several rounds say of one figure. */
export const Spread = z.object({ median: z.number(), min: z.number(), max: z.number() });
export type Spread = z.infer<typeof Spread>;

/** Median, smallest and largest; the median of an even number is the mean of the middle two. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const half = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(half)) + at(Math.ceil(half))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}

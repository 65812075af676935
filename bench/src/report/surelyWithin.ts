import type { Interval } from '../measure/interval.ts';

/**
 * Whether none is above the limits, with what it may be off by, and none below on average; null when that cannot be told.
 */
export function surelyWithin(
  ratios: readonly Interval[],
  { least, most }: { readonly least: number; readonly most: number },
): 'yes' | 'no' | null {
  if (ratios.some(({ mean, low }) => low > most || mean < least)) return 'no';
  return ratios.every(({ high }) => high <= most) ? 'yes' : null;
}

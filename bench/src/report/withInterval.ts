import type { Interval } from '../measure/interval.ts';

/** A ratio and what it may be off by, for people. */
export const withInterval = ({ mean, low, high }: Interval): string =>
  `${mean.toFixed(3)} (95 %: ${low.toFixed(3)} to ${high.toFixed(3)})`;

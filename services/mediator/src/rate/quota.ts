/** A rate as Redis counts it: so many tokens in each window of whole seconds. */
export interface Quota {
  readonly tokens: number;
  readonly windowSeconds: number;
  /** How many one process may take at once. */
  readonly burst: number;
}

const leastShare = 0.95;
const longestWindowSeconds = 30;

/**
 * The shortest window in which a whole number of tokens is at most the rate, and at least 95 % of it: 200 a second are
 * 200 in 1 s, 0.1 a second is 1 in 10 s. From 0.1 a second on, 30 s are long enough. At once it is a second's worth.
 */
export function quotaOf(ratePerSecond: number): Quota {
  for (let windowSeconds = 1; ; windowSeconds += 1) {
    const exact = ratePerSecond * windowSeconds;
    // 0.3 × 10 is 3, also in floating point.
    const tokens = Math.floor(exact + 1e-9);
    const isClose = tokens >= 1 && tokens >= leastShare * exact;
    if (isClose || windowSeconds === longestWindowSeconds) {
      return { tokens, windowSeconds, burst: Math.ceil(ratePerSecond) };
    }
  }
}

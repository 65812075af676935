/** A token bucket (Turner 1986, "leaky bucket as a meter"): `ratePerSecond` on average, `burst` at once. */
export interface TokenBucket {
  /** Takes a token if there is one; else how many ms until there is. */
  take(): { readonly taken: true } | { readonly taken: false; readonly retryAfterMs: number };
}

/** @param now milliseconds, monotonic */
export function createTokenBucket(ratePerSecond: number, burst: number, now: () => number): TokenBucket {
  let tokens = burst;
  let updatedAt = now();
  return {
    take() {
      const at = now();
      tokens = Math.min(burst, tokens + ((at - updatedAt) / 1000) * ratePerSecond);
      updatedAt = at;
      if (tokens < 1) return { taken: false, retryAfterMs: ((1 - tokens) / ratePerSecond) * 1000 };
      tokens -= 1;
      return { taken: true };
    },
  };
}

/** Whether tokens were taken; else how many ms until there are enough. */
export type Taking = { readonly taken: true } | { readonly taken: false; readonly retryAfterMs: number };

/** What is taken from, call by call. */
export interface Tokens {
  /** Takes so many at once, or none; one unless told, and no more than a full bucket holds. */
  take(count?: number): Taking;
}

/** A token bucket (Turner 1986, "leaky bucket as a meter"): `ratePerSecond` on average, `burst` at once. */
export interface TokenBucket extends Tokens {
  /** How many tokens there are, fractions too. */
  left(): number;
}

/** @param now milliseconds, monotonic */
export function createTokenBucket(ratePerSecond: number, burst: number, now: () => number): TokenBucket {
  let tokens = burst;
  let updatedAt = now();

  function left(): number {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - updatedAt) / 1000) * ratePerSecond);
    updatedAt = at;
    return tokens;
  }

  return {
    left,
    take(count = 1) {
      if (left() < count) return { taken: false, retryAfterMs: ((count - tokens) / ratePerSecond) * 1000 };
      tokens -= count;
      return { taken: true };
    },
  };
}

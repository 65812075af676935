import { createTokenBucket, type Taking, type Tokens } from '../delivery/tokenBucket.ts';
import type { Quota } from './quota.ts';
import type { Lease } from './redisLeases.ts';

/** What is left of a budget, as far as this process knows, and when it is whole again. */
export interface Outlook {
  readonly remaining: number;
  readonly resetMs: number;
}

/** A rate that all replicas share. Taking never waits. */
export interface RateBudget extends Tokens {
  readonly quota: Quota;
  outlook(): Outlook;
  /** Tokens are wanted and Redis does not lease them, so this process holds itself to the whole quota. */
  isLocal(): boolean;
}

export interface RateBudgetParts {
  readonly quota: Quota;
  /** Asks for tokens of the running window; rejects when Redis is away. */
  readonly lease: (wanted: number) => Promise<Lease>;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** What is asked for at once, of what is left: large while there is much, so that little lies idle at the end. */
const batchShare = 0.1;
/** A lease that takes longer counts as refused: Redis is frozen or slow. */
const patienceMs = 250;
/** Between attempts to get leases again. */
const retryMs = 500;
/** Attempts are made when tokens are taken; a budget that nobody wants says nothing of Redis. */
const recentlyMs = 10_000;

interface Window {
  /** Leased and not taken. */
  tokens: number;
  /** Left in Redis for everybody when it was last asked. */
  readonly remaining: number;
  readonly endsAt: number;
}

/**
 * Spends leases, and asks for the next while there are some left. Before an answer is there it spends on credit, which
 * is paid out of the next leases, so that over n windows all replicas together admit at most n + 1 quotas and one credit
 * each. Whatever Redis says, a process admits no more than the quota as a token bucket of its own; when Redis says
 * nothing that bucket is all there is.
 */
export function createRateBudget({ quota, lease, now }: RateBudgetParts): RateBudget {
  const windowMs = quota.windowSeconds * 1000;
  const ratePerSecond = quota.tokens / quota.windowSeconds;
  const own = createTokenBucket(ratePerSecond, quota.burst, now);
  const credit = creditOf(quota);
  let window: Window | undefined;
  let owed = 0;
  let askedAt: number | undefined;
  let failedAt: number | undefined;
  /** Something was refused that a lease might have let in. */
  let isPressed = false;

  return {
    quota,
    take(count = 1) {
      const at = now();
      endWindow(at);
      const taking = isAway(at) ? takeAlone(count) : takeShared(count, at);
      if (isDue(at)) ask(at);
      return taking;
    },
    outlook() {
      const at = now();
      endWindow(at);
      const ownLeft = own.left();
      if (isAway(at)) {
        return { remaining: Math.floor(ownLeft), resetMs: ((quota.burst - ownLeft) / ratePerSecond) * 1000 };
      }
      // What is owed of earlier windows is told with the first lease of this one.
      const known = window === undefined ? quota.tokens : window.tokens + window.remaining - owed;
      const remaining = Math.max(0, Math.floor(Math.min(ownLeft, known)));
      return { remaining, resetMs: window === undefined ? windowMs : window.endsAt - at };
    },
    isLocal() {
      const at = now();
      return isAway(at) && at - (failedAt ?? at) < recentlyMs;
    },
  };

  /** An answer that is only late will be told what was taken meanwhile. */
  function takeAlone(count: number): Taking {
    const taking = own.take(count);
    if (taking.taken && failedAt === undefined) owed += count;
    return taking;
  }

  function takeShared(count: number, at: number): Taking {
    const leased = Math.min(count, window?.tokens ?? 0);
    const trusted = window === undefined ? credit : Math.min(credit, window.remaining);
    if (leased < count && owed + count - leased > trusted) {
      isPressed = true;
      return { taken: false, retryAfterMs: untilNextLease(at) };
    }
    const taking = own.take(count);
    if (!taking.taken) return taking;
    if (window !== undefined) window.tokens -= leased;
    owed += count - leased;
    return taking;
  }

  /** What is owed takes windows to pay when it is more than one of them has. */
  function untilNextLease(at: number): number {
    if (window === undefined || window.remaining > 0) return 1;
    return window.endsAt - at + Math.floor(owed / quota.tokens) * windowMs;
  }

  function endWindow(at: number): void {
    if (window !== undefined && at >= window.endsAt) window = undefined;
  }

  function isAway(at: number): boolean {
    return failedAt !== undefined || (askedAt !== undefined && at - askedAt > patienceMs);
  }

  function isDue(at: number): boolean {
    if (askedAt !== undefined) return false;
    if (failedAt !== undefined) return at - failedAt >= retryMs;
    // Most budgets are hardly used: what they owe is told once it is worth a command.
    if (window === undefined) return isPressed || owed >= credit / 2;
    return window.remaining > 0 && (owed > 0 || window.tokens <= batch() / 2);
  }

  function batch(): number {
    return Math.ceil((window?.remaining ?? quota.tokens) * batchShare);
  }

  function ask(at: number): void {
    askedAt = at;
    isPressed = false;
    // Nothing is wanted of a Redis that may be frozen: it would count all that was asked when it thaws.
    const wanted = failedAt === undefined ? owed + batch() : 0;
    lease(wanted).then(receive, () => {
      askedAt = undefined;
      failedAt = now();
      owed = 0;
    });
  }

  function receive({ granted, remaining, endsInMs }: Lease): void {
    const at = now();
    askedAt = undefined;
    failedAt = undefined;
    endWindow(at);
    const paid = Math.min(owed, granted);
    owed -= paid;
    window = { tokens: (window?.tokens ?? 0) + granted - paid, remaining, endsAt: at + endsInMs };
  }
}

/** A quarter of a window; ten where that is less, and never more than may be taken at once. */
const creditOf = ({ tokens, burst }: Quota): number => Math.min(burst, Math.max(10, Math.ceil(tokens / 4)));

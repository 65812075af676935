import type { Registration } from '@widget-mediator/contracts';
import { createTokenBucket, type TokenBucket } from '../delivery/tokenBucket.ts';

/** Holds each widget to its rate of publications. */
export interface IntakeBudget {
  /** Undefined when the publication may come in; else how many ms until one may. */
  exceededFor(registration: Registration): number | undefined;
  /** The same for dry runs, which have a rate of their own that no manifest sets. */
  exceededByDryRun(registration: Registration): number | undefined;
}

const dryRunsPerSecond = 10;

/** @param now milliseconds, monotonic */
export function createIntakeBudget(now: () => number): IntakeBudget {
  const buckets = new Map<string, { ratePerSecond: number; bucket: TokenBucket }>();

  return {
    exceededFor({ manifest }) {
      const { ratePerSecond, mode } = manifest.spec.budget;
      const took = bucketOf(manifest.metadata.id, ratePerSecond).take();
      return took.taken || mode === 'shadow' ? undefined : took.retryAfterMs;
    },
    exceededByDryRun({ manifest }) {
      const took = bucketOf(`dry run ${manifest.metadata.owner}`, dryRunsPerSecond).take();
      return took.taken ? undefined : took.retryAfterMs;
    },
  };

  function bucketOf(spender: string, ratePerSecond: number): TokenBucket {
    const known = buckets.get(spender);
    if (known !== undefined && known.ratePerSecond === ratePerSecond) return known.bucket;
    const bucket = createTokenBucket(ratePerSecond, Math.max(1, ratePerSecond), now);
    buckets.set(spender, { ratePerSecond, bucket });
    return bucket;
  }
}

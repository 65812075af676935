import type { Registration, TeamId } from '@widget-mediator/contracts';
import { createTokenBucket, type TokenBucket } from '../delivery/tokenBucket.ts';

/** Holds each widget to its rate of publications. */
export interface IntakeBudget {
  /** Undefined when the publication may come in; else how many ms until one may. */
  exceededFor(registration: Registration): number | undefined;
  /** The same for what costs work and publishes nothing, registrations and dry runs: a rate that no manifest sets. */
  exceededByTeam(team: TeamId): number | undefined;
}

const teamRatePerSecond = 20;
const teamBurst = 60;

/** @param now milliseconds, monotonic */
export function createIntakeBudget(now: () => number): IntakeBudget {
  const teams = new Map<TeamId, TokenBucket>();
  const buckets = new Map<string, { ratePerSecond: number; bucket: TokenBucket }>();

  return {
    exceededFor({ manifest }) {
      const { ratePerSecond, mode } = manifest.spec.budget;
      const took = bucketOf(manifest.metadata.id, ratePerSecond).take();
      return took.taken || mode === 'shadow' ? undefined : took.retryAfterMs;
    },
    exceededByTeam(team) {
      const bucket = teams.get(team) ?? createTokenBucket(teamRatePerSecond, teamBurst, now);
      teams.set(team, bucket);
      const took = bucket.take();
      return took.taken ? undefined : took.retryAfterMs;
    },
  };

  function bucketOf(widget: string, ratePerSecond: number): TokenBucket {
    const known = buckets.get(widget);
    if (known !== undefined && known.ratePerSecond === ratePerSecond) return known.bucket;
    const bucket = createTokenBucket(ratePerSecond, Math.max(1, ratePerSecond), now);
    buckets.set(widget, { ratePerSecond, bucket });
    return bucket;
  }
}

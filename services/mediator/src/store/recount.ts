import type { AuditKind, TeamId } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import type { RedisKeys } from './redisKeys.ts';

/** Counts the records of a kind by owner, unless somebody changes any meanwhile. */
export type Recount = (kind: AuditKind, ownerOf: (record: string) => TeamId | undefined) => Promise<void>;

/**
 * KEYS: counts, audit log. ARGV: the last entry of the log when records were read, then owners and counts. Every change is
 * in the log, so what was read still holds when its last entry is the same. A field without a name says that all is counted.
 */
const countScript = `
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
if (last and last[1] or '') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], '', '0')
for n = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[n], ARGV[n + 1]) end
return 1
`;

/** Needed once, for records that were made before they were counted; from then on each change counts itself. */
export function createRecount(redis: Redis, keys: RedisKeys): Recount {
  return async (kind, ownerOf) => {
    const [last] = await redis.xrevrange(keys.audit, '+', '-', 'COUNT', 1);
    const counts = new Map<TeamId, number>();
    for (const record of Object.values(await redis.hgetall(keys.records(kind)))) {
      const owner = ownerOf(record);
      if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    const seen = last?.[0] ?? '';
    await redis.eval(countScript, 2, keys.owned(kind), keys.audit, seen, ...[...counts].flat());
  };
}

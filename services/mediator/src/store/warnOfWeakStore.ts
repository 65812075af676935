import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** Says plainly, once at start, when the Redis at hand can lose or refuse what it acknowledged. */
export async function warnOfWeakStore(redis: Redis, log: Logger): Promise<void> {
  try {
    const [policy, appendOnly, sync] = await Promise.all([
      redis.config('GET', 'maxmemory-policy'),
      redis.config('GET', 'appendonly'),
      redis.config('GET', 'appendfsync'),
    ]);
    if (setting(policy) !== 'noeviction') {
      log.warn(
        { policy: setting(policy) },
        'redis may evict publications: set maxmemory-policy to noeviction',
      );
    }
    if (setting(appendOnly) !== 'yes') {
      log.warn('redis is not append-only: publications may not survive its restart');
    } else if (setting(sync) !== 'always') {
      log.warn(
        { appendfsync: setting(sync) },
        'redis acknowledges before the disk does: set appendfsync to always, or the last seconds may be lost with it',
      );
    }
  } catch {
    log.warn('redis does not tell its configuration: cannot check that publications are durable');
  }
}

const setting = (reply: unknown): unknown => (Array.isArray(reply) ? reply[1] : undefined);

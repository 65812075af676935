import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from 'pino';
import { writeTogether } from './writeTogether.ts';

/**
 * A connection for commands that somebody waits for: it refuses at once while Redis is away, and gives up on a frozen
 * one after `timeoutMs`, instead of queueing.
 */
export function connectForCommands(url: string, timeoutMs: number, log: Logger): Redis {
  return connect(url, log, {
    enableOfflineQueue: false,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
  });
}

/** A connection that only listens: it comes back by itself and subscribes again. */
export function connectForChanges(url: string, log: Logger): Redis {
  return connect(url, log, { maxRetriesPerRequest: null });
}

function connect(url: string, log: Logger, options: Omit<RedisOptions, 'replyMapping'>): Redis {
  const redis = new Redis(url, {
    ...options,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 6), 1_000),
  });
  redis.on('connect', () => writeTogether(redis.stream));
  let reported = false;
  redis.on('error', (error: Error) => {
    if (!reported) log.warn({ cause: error.message }, 'redis is away');
    reported = true;
  });
  redis.on('ready', () => {
    if (reported) log.info('redis is back');
    reported = false;
  });
  return redis;
}

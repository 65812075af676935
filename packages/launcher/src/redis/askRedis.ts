import { Redis } from 'ioredis';
import { errorMessage } from '../errorFacts.ts';

const WITHIN_MS = 2_000;

export type RedisAnswer =
  | { readonly ok: true; readonly version: string; readonly processId: number | undefined }
  | { readonly ok: false; readonly cause: string };

/**
 * Asks the Redis at `url` who it is, on a connection of its own. It is not ok while nothing listens, while it still
 * loads its data, or when it refuses our credentials; `cause` says which.
 */
export async function askRedis(url: string): Promise<RedisAnswer> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: WITHIN_MS,
    commandTimeout: WITHIN_MS,
  });
  let connection = '';
  redis.on('error', (error: Error) => {
    connection = errorMessage(error);
  });
  try {
    await redis.connect();
    await redis.ping();
    return { ok: true, ...identity(await redis.info('server')) };
  } catch (error) {
    return { ok: false, cause: connection || errorMessage(error) };
  } finally {
    // Disconnecting what never connected leaves a timer that holds the process for two seconds.
    if (redis.status !== 'end') redis.disconnect();
  }
}

function identity(info: string): { version: string; processId: number | undefined } {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const processId = field('process_id');
  return {
    version: field('valkey_version') ?? field('redis_version') ?? 'of unknown version',
    processId: processId === undefined ? undefined : Number(processId),
  };
}

import { hash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A Lua script, run with these keys and arguments. */
export type Script = (
  redis: Redis,
  keys: readonly string[],
  args: readonly (string | number | Buffer)[],
) => Promise<unknown>;

/**
 * A script that Redis is told by its digest, and in full only when it does not know it: after a restart, or SCRIPT FLUSH. For
 * what runs with every publication; see the docs of EVALSHA.
 */
export function createScript(source: string): Script {
  const digest = hash('sha1', source, 'hex');
  return async (redis, keys, args) => {
    try {
      return await redis.evalsha(digest, keys.length, ...keys, ...args);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return redis.eval(source, keys.length, ...keys, ...args);
    }
  };
}

/** Of these nothing was done, so that trying again does nothing twice. */
const isUnknownScript = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOSCRIPT');

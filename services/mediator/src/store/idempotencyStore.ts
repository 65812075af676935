import { createHash, randomUUID } from 'node:crypto';
import type { TeamId } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import { guarded } from './guarded.ts';
import type { RedisKeys } from './redisKeys.ts';

/** What may come more than once and is to be done once. */
export interface Undertaking {
  readonly team: TeamId;
  /** What the team calls it: a key, or an event's source and id. */
  readonly identity: string;
  /** What is to be done: the same for the same thing. */
  readonly fingerprint: string;
  readonly atMs: number;
}

/** An undertaking that is ours to do, until the lease is over. */
export type Lease = Pick<Undertaking, 'team' | 'identity'> & { readonly token: string };

/** `busy`: somebody is doing it. `other`: it is known as something else. `done`: what `finish` was told. */
export type Begun =
  | { readonly status: 'begun'; readonly lease: Lease }
  | { readonly status: 'busy' | 'other' }
  | { readonly status: 'done'; readonly answer: string };

/**
 * Remembers for {@link keptForMs} what a team has undertaken, and its answer. Bounded in bytes: beyond {@link maxBytesOfTeam}
 * the oldest are forgotten sooner. Every method throws `StoreUnavailable` when it cannot be reached in time.
 */
export interface IdempotencyStore {
  begin(undertaking: Undertaking): Promise<Begun>;
  finish(lease: Lease, answer: string): Promise<void>;
  /** It was not done after all: whatever comes next under its name is new. */
  release(lease: Lease): Promise<void>;
}

export const keptForMs = 24 * 60 * 60 * 1000;

/** Longer than an admission may take; whoever holds it when it is over has died. */
const leaseMs = 10_000;

/** Of names and answers, without what Redis adds: some 100,000 publications. */
export const maxBytesOfTeam = 16 * 2 ** 20;

/** Records are `leaseUntilMs token fingerprint answer`; the field '' counts their bytes. */
const put = `
local function weight(field, record) return #field + #record end
local function put(field, record)
  local old = redis.call('HGET', KEYS[1], field)
  if old then redis.call('HINCRBY', KEYS[1], '', -weight(field, old)) end
  if record then
    redis.call('HSET', KEYS[1], field, record)
    return redis.call('HINCRBY', KEYS[1], '', weight(field, record))
  end
  redis.call('HDEL', KEYS[1], field)
  redis.call('ZREM', KEYS[2], field)
end
`;

/** KEYS: records, their ends. ARGV: field, token, fingerprint, now, lease's end, end, bytes at most, how long all is kept. */
const beginScript = `${put}
local now = tonumber(ARGV[4])
for _ = 1, 64 do
  local oldest = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
  if not oldest[1] then break end
  local bytes = tonumber(redis.call('HGET', KEYS[1], '') or '0')
  if tonumber(oldest[2]) > now and bytes <= tonumber(ARGV[7]) then break end
  put(oldest[1], nil)
end
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then
  local lease, fingerprint, answer = string.match(known, '^(%d+) %S+ (%S+) (.*)$')
  if fingerprint ~= ARGV[3] then return { 'other', '' } end
  if answer ~= '' then return { 'done', answer } end
  if tonumber(lease) > now then return { 'busy', '' } end
end
put(ARGV[1], ARGV[5] .. ' ' .. ARGV[2] .. ' ' .. ARGV[3] .. ' ')
redis.call('ZADD', KEYS[2], ARGV[6], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[8])
redis.call('PEXPIRE', KEYS[2], ARGV[8])
return { 'begun', '' }
`;

/** KEYS: records, their ends. ARGV: field, token, answer ('' = forget it). Only whose token still stands there may. */
const endScript = `${put}
local known = redis.call('HGET', KEYS[1], ARGV[1])
if not known then return 0 end
local lease, token, fingerprint = string.match(known, '^(%d+) (%S+) (%S+) $')
if token ~= ARGV[2] then return 0 end
if ARGV[3] == '' then
  put(ARGV[1], nil)
else
  put(ARGV[1], lease .. ' ' .. token .. ' ' .. fingerprint .. ' ' .. ARGV[3])
end
return 1
`;

export function createRedisIdempotencyStore(redis: Redis, keys: RedisKeys): IdempotencyStore {
  const beginWith = guarded(begin);
  const release = guarded((lease: Lease) => end(lease, ''));

  return {
    async begin(undertaking) {
      const token = randomUUID().slice(0, 8);
      try {
        return await beginWith(undertaking, token);
      } catch (error) {
        // A Redis that was slow does it later, when nobody waits any more: what it does next is to let go of it again.
        void release({ ...undertaking, token }).catch(() => {});
        throw error;
      }
    },
    finish: guarded((lease: Lease, answer: string) => end(lease, answer)),
    release,
  };

  async function begin({ team, identity, fingerprint, atMs }: Undertaking, token: string): Promise<Begun> {
    const names = [shortened(identity), token, shortened(fingerprint)] as const;
    const args = [...names, atMs, atMs + leaseMs, atMs + keptForMs] as const;
    const undertakings = keys.undertakings(team);
    const reply = await redis.eval(beginScript, 2, ...undertakings, ...args, maxBytesOfTeam, keptForMs);
    const [status, answer] = Array.isArray(reply) ? reply : [];
    if (status === 'begun') return { status, lease: { team, identity, token } };
    if (status === 'busy' || status === 'other') return { status };
    if (status === 'done') return { status, answer: String(answer) };
    throw new Error('unexpected reply of the script that begins');
  }

  async function end({ team, identity, token }: Lease, answer: string): Promise<void> {
    await redis.eval(endScript, 2, ...keys.undertakings(team), shortened(identity), token, answer);
  }
}

/** All are of one length, whatever their authors made up: SHA-256, 128 bits of it, base64url. */
const shortened = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);

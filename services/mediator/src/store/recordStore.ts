import { AuditEntry, type AuditKind, type TeamId } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import type { Change } from './change.ts';
import { guarded } from './guarded.ts';
import { createRecount } from './recount.ts';
import type { RedisKeys } from './redisKeys.ts';

/** Who changes something, and when. */
export interface Author {
  readonly team: TeamId;
  /** The public id of the key. */
  readonly key: string;
  readonly atMs: number;
}

/** A change of one record: who makes it, what it is called, and what is to stand there afterwards. */
export interface RecordChange {
  /** Without its place in the log, which the store gives it. */
  readonly entry: Omit<AuditEntry, 'id'>;
  /** What the caller saw: the change is made only if that still stands. Null: nothing. */
  readonly expected: string | null;
  /** What stands afterwards; null removes it. */
  readonly next: string | null;
  readonly announce: Change;
  /**
   * The newest entry of the audit log that the caller saw, null for none: the change is made only if nothing at all has
   * changed since. For what depends on other records, too.
   */
  readonly since?: string | null;
}

/** How many records of a kind a team may have. */
export interface Allowance {
  readonly owner: TeamId;
  readonly most: number;
  /** Whose a record is; undefined when it cannot be read. */
  readonly ownerOf: (record: string) => TeamId | undefined;
}

/** What became of a change: `conflict` when something else stands there than the caller saw, `full` beyond the allowance. */
export type Changed = 'made' | 'conflict' | 'full';

/** One version that a record had, newest first; `record` is null where it was removed. */
export interface RecordVersion {
  readonly entry: AuditEntry;
  readonly record: string | null;
}

/**
 * What teams and operators set: records by kind and name. Every change is compared, made, kept as a version, written into
 * the audit log and announced, all or nothing. Every method throws `StoreUnavailable` when Redis cannot be reached in time.
 */
export interface RecordStore {
  read(kind: AuditKind, subject: string): Promise<string | null>;
  /** Every record of a kind, by name. */
  readAll(kind: AuditKind): Promise<Readonly<Record<string, string>>>;
  /** False when something else stands there than the caller saw. */
  change(change: RecordChange): Promise<boolean>;
  /** The same for a kind of which each team may have so many: counted in the same step, so that nobody gets more. */
  changeWithin(change: RecordChange, allowance: Allowance): Promise<Changed>;
  /** The last {@link keptVersions} versions of a record, removed ones included, newest first. */
  versions(kind: AuditKind, subject: string): Promise<RecordVersion[]>;
  /** The audit log, newest first: at most `limit` entries before the entry `before`. */
  audit(limit: number, before?: string): Promise<AuditEntry[]>;
  /** The id of the newest entry of the audit log: the cheapest way to see that anything changed. */
  newest(): Promise<string | undefined>;
  /** What was changed after an entry, oldest first: at most `limit` entries. */
  changedSince(entry: string, limit: number): Promise<AuditEntry[]>;
}

/** How many versions of one record are kept. */
export const keptVersions = 50;

/** How long the versions of a record that was removed are kept: who makes up names must not fill the store. */
const removedForMs = 30 * 24 * 60 * 60 * 1000;

/** About how many changes the audit log holds; the oldest go first. */
const keptEntries = 20_000;

/**
 * KEYS: records, versions, audit log, counts by owner. ARGV: subject, expected, next ('' = nothing), entry, channel, message,
 * versions and entries to keep, how long to keep versions of what was removed, owner ('' = not counted) and the most of
 * them, the newest entry that the caller saw ('0-0' = none, '' = any). All four keys share a hash tag. Answers a place in `outcomes`.
 */
const changeScript = `
if ARGV[12] ~= '' then
  local newest = redis.call('XREVRANGE', KEYS[3], '+', '-', 'COUNT', 1)[1]
  if (newest and newest[1] or '0-0') ~= ARGV[12] then return 0 end
end
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
local change = (ARGV[3] == '' and 0 or 1) - (ARGV[2] == '' and 0 or 1)
if ARGV[10] ~= '' and change ~= 0 then
  if redis.call('EXISTS', KEYS[4]) == 0 and redis.call('HLEN', KEYS[1]) > 0 then return 3 end
  local count = tonumber(redis.call('HGET', KEYS[4], ARGV[10]) or '0')
  if change == 1 and count >= tonumber(ARGV[11]) then return 2 end
  redis.call('HINCRBY', KEYS[4], ARGV[10], change)
end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
local id = redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[8], '*', 'entry', ARGV[4])
redis.call('LPUSH', KEYS[2], id .. ' ' .. ARGV[4] .. '\\n' .. ARGV[3])
redis.call('LTRIM', KEYS[2], 0, tonumber(ARGV[7]) - 1)
if ARGV[3] == '' then redis.call('PEXPIRE', KEYS[2], ARGV[9]) else redis.call('PERSIST', KEYS[2]) end
redis.call('PUBLISH', ARGV[5], ARGV[6])
return 1
`;

const outcomes = ['conflict', 'made', 'full', 'uncounted'] as const;

export function createRecordStore(redis: Redis, keys: RedisKeys): RecordStore {
  const recount = createRecount(redis, keys);
  return {
    read: guarded((kind: AuditKind, subject: string) => redis.hget(keys.records(kind), subject)),

    readAll: guarded((kind: AuditKind) => redis.hgetall(keys.records(kind))),

    change: guarded(async (change: RecordChange) => (await make(change)) === 'made'),

    changeWithin: guarded(async (change: RecordChange, allowance: Allowance) => {
      const outcome = await make(change, allowance);
      if (outcome !== 'uncounted') return outcome;
      await recount(change.entry.kind, allowance.ownerOf);
      // As if somebody had changed the record meanwhile: the caller tries again.
      return 'conflict';
    }),

    versions: guarded(async (kind: AuditKind, subject: string) =>
      (await redis.lrange(keys.versions(kind, subject), 0, -1)).flatMap(versionOf),
    ),

    audit: guarded(async (limit: number, before?: string) => {
      const end = before === undefined ? '+' : `(${before}`;
      const found = await redis.xrevrange(keys.audit, end, '-', 'COUNT', limit);
      return found.flatMap(([id, [, json = '']]) => entryOf(id, json));
    }),

    newest: guarded(async () => (await redis.xrevrange(keys.audit, '+', '-', 'COUNT', 1))[0]?.[0]),

    changedSince: guarded(async (entry: string, limit: number) => {
      const found = await redis.xrange(keys.audit, `(${entry}`, '+', 'COUNT', limit);
      return found.flatMap(([id, [, json = '']]) => entryOf(id, json));
    }),
  };

  async function make(
    { entry, expected, next, announce, since }: RecordChange,
    allowance?: Allowance,
  ): Promise<(typeof outcomes)[number]> {
    const { kind, subject } = entry;
    const places = [keys.records(kind), keys.versions(kind, subject), keys.audit, keys.owned(kind)] as const;
    const record = [subject, expected ?? '', next ?? '', JSON.stringify(entry)] as const;
    const told = [keys.changes, JSON.stringify(announce)] as const;
    const kept = [keptVersions, keptEntries, removedForMs] as const;
    const counted = [allowance?.owner ?? '', allowance?.most ?? 0] as const;
    const seen = since === undefined ? '' : (since ?? '0-0');
    const made = await redis.eval(changeScript, 4, ...places, ...record, ...told, ...kept, ...counted, seen);
    return outcomes[Number(made)] ?? 'conflict';
  }
}

/** As the script writes it: id, space, entry, line feed, record. JSON holds no line feed. */
function versionOf(line: string): RecordVersion[] {
  const space = line.indexOf(' ');
  const feed = line.indexOf('\n');
  const record = line.slice(feed + 1);
  return entryOf(line.slice(0, space), line.slice(space + 1, feed)).map((entry) => ({
    entry,
    record: record === '' ? null : record,
  }));
}

/** None when an older release or somebody's hand wrote what does not fit: the others are read all the same. */
function entryOf(id: string, json: string): AuditEntry[] {
  const parsed = AuditEntry.safeParse({ ...JSON.parse(json), id });
  return parsed.success ? [parsed.data] : [];
}

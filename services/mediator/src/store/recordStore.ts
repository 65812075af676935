import { AuditEntry, type AuditKind, type TeamId } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import type { Change } from './change.ts';
import { createGenerations, type Generation, generationField, newGeneration } from './generations.ts';
import { guarded } from './guarded.ts';
import { readTogether } from './readTogether.ts';
import { changeScript, outcomes, putBackScript } from './recordScripts.ts';
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

interface OneRecord {
  readonly record: string | null;
  readonly generation: Generation | null;
}

/** All records of a kind, as they were at one moment. */
export interface WholeKind {
  readonly records: Readonly<Record<string, string>>;
  readonly generation: Generation | undefined;
  /** They are of another generation than the one that is followed: what is missing was lost, and not removed. */
  readonly isLost: boolean;
}

/**
 * What teams and operators set: records by kind and name. Every change is compared, made, kept as a version, written into
 * the audit log and announced, all or nothing. Every method throws `StoreUnavailable` when Redis cannot be reached in time.
 */
export interface RecordStore {
  read(kind: AuditKind, subject: string): Promise<string | null>;
  /** Every record of a kind, by name; `StoreUnavailable` when the store lost those that are followed. */
  readAll(kind: AuditKind): Promise<Readonly<Record<string, string>>>;
  readWhole(kind: AuditKind): Promise<WholeKind>;
  /** Whether the records of a kind are of another generation than the one that is followed. */
  isLost(kind: AuditKind): Promise<boolean>;
  /** From now on this generation is followed: what is missing from another one is `StoreUnavailable`, and not undefined. */
  follow(kind: AuditKind, generation: Generation): void;
  /** Puts back what the store lost, but for what is there again or was removed. Returns the generation that is there now. */
  putBack(kind: AuditKind, records: ReadonlyMap<string, string>): Promise<Generation>;
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

/** Records put back at once. */
const batch = 200;

/** @param onLost told when the store turns out to have lost records that memory follows */
export function createRecordStore(redis: Redis, keys: RedisKeys, onLost: () => void = () => {}): RecordStore {
  const generations = createGenerations(onLost);
  const recount = createRecount(redis, keys);

  /** Every publication looks its registration up. */
  const reader = (kind: AuditKind) => readTogether((subjects) => readSome(kind, subjects));
  const readers: Readonly<Record<AuditKind, ReturnType<typeof reader>>> = {
    widget: reader('widget'),
    key: reader('key'),
    layout: reader('layout'),
    takedown: reader('takedown'),
    user: reader('user'),
  };

  async function readSome(kind: AuditKind, subjects: readonly string[]): Promise<readonly OneRecord[]> {
    const found = await redis.hmget(keys.records(kind), generationField, ...subjects);
    const [generation = null, ...records] = found;
    return records.map((record) => ({ record, generation }));
  }

  async function readWhole(kind: AuditKind): Promise<WholeKind> {
    const { [generationField]: generation, ...records } = await redis.hgetall(keys.records(kind));
    return { records, generation, isLost: generations.isLost(kind, generation) };
  }

  return {
    read: guarded(async (kind: AuditKind, subject: string) => {
      const { record, generation } = await readers[kind](subject);
      if (record === null) generations.refuseLost(kind, generation);
      return record;
    }),

    readAll: guarded(async (kind: AuditKind) => {
      const { records, generation } = await readWhole(kind);
      generations.refuseLost(kind, generation);
      return records;
    }),

    readWhole: guarded(readWhole),

    isLost: guarded(async (kind: AuditKind) =>
      generations.isLost(kind, await redis.hget(keys.records(kind), generationField)),
    ),

    follow: generations.follow,

    putBack: guarded(async (kind: AuditKind, records: ReadonlyMap<string, string>) => {
      const begun = newGeneration();
      const put = (subject: string, record: string) =>
        redis.eval(
          putBackScript,
          3,
          ...[keys.records(kind), keys.versions(kind, subject), keys.owned(kind)],
          ...[subject, record, begun],
        );
      let generation = await put('', '');
      const all = [...records];
      for (let start = 0; start < all.length; start += batch) {
        const replies = await Promise.all(all.slice(start, start + batch).map((one) => put(...one)));
        generation = replies.at(-1) ?? generation;
      }
      return String(generation);
    }),

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
  ): Promise<Exclude<(typeof outcomes)[number], 'lost'>> {
    const { kind, subject } = entry;
    const places = [keys.records(kind), keys.versions(kind, subject), keys.audit, keys.owned(kind)] as const;
    const record = [subject, expected ?? '', next ?? '', JSON.stringify(entry)] as const;
    const told = [keys.changes, JSON.stringify(announce)] as const;
    const kept = [keptVersions, keptEntries, removedForMs] as const;
    const counted = [allowance?.owner ?? '', allowance?.most ?? 0] as const;
    const generation = [generations.known(kind) ?? '', newGeneration()] as const;
    const seen = since === undefined ? '' : (since ?? '0-0');
    const args = [...record, ...told, ...kept, ...counted, ...generation, seen] as const;
    const made = outcomes[Number(await redis.eval(changeScript, 4, ...places, ...args))] ?? 'conflict';
    if (made !== 'lost') return made;
    generations.refuseLost(kind, undefined);
    return 'conflict';
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

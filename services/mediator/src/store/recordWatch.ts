import type { AuditEntry, AuditKind } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Change } from './change.ts';
import type { RecordStore } from './recordStore.ts';

/** Holds the records of one kind in memory. */
export interface RecordFollower {
  readonly kind: AuditKind;
  /**
   * Reads all of them again. `missed` are the log's entries of this kind since the last look; `all`, when it is not known
   * what they were.
   */
  load(missed: Missed): Promise<void>;
  /** Told at once of every change that is announced. */
  hear?(change: Change): void;
  /** Whether the store has lost them since; what is loaded then is put back first. */
  isLost?(): Promise<boolean>;
}

export type Missed = readonly AuditEntry[] | 'all';

/** Keeps what operators set equal to the store: within moments when it is announced, else at the next glance. */
export interface RecordWatch {
  /** True once all records have been read. */
  isLoaded(): boolean;
  /** Resolves when they have. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface RecordWatchParts {
  /** Subscribed by the synchroniser. */
  readonly subscriber: Redis;
  readonly records: Pick<RecordStore, 'newest' | 'changedSince'>;
  readonly followers: readonly RecordFollower[];
  readonly log: Logger;
  readonly everyMs?: number;
}

/**
 * How often the newest entry of the audit log is looked at, which every change of a record is part of: one small command.
 * Together with what a proxy may keep a page for, this stays below the five seconds in which a takedown must have its effect.
 */
const glanceEveryMs = 2_000;

/** At a start the connection for commands may be ready a moment later than the one that listens. */
const retryMs = 250;

/** More changes than this since the last glance are not looked through: all is read again. */
const glancedEntries = 500;

/** Where an empty log ends. */
const beforeAll = '0-0';

/**
 * Apart from the synchroniser, since a comparison of all content may take longer than a takedown or the end of a key may
 * wait.
 */
export function watchRecords(parts: RecordWatchParts): RecordWatch {
  const { subscriber, records, followers, log, everyMs = glanceEveryMs } = parts;
  let seen: string | undefined;
  let isLoaded = false;
  let mayHaveMissed = true;
  let isStopped = false;
  let reportFirst = (): void => {};
  const first = new Promise<void>((resolve) => {
    reportFirst = resolve;
  });
  let timer: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  /** One after the other, so that memory never goes back to an older read. */
  let queue: Promise<void> = Promise.resolve();

  return {
    isLoaded: () => isLoaded,
    start() {
      subscriber.on('message', follow);
      subscriber.on('ready', loadAllInTurn);
      if (subscriber.status === 'ready') loadAllInTurn();
      timer = setInterval(() => inTurn(glance), everyMs);
      timer.unref();
      return first;
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      subscriber.off('message', follow);
      subscriber.off('ready', loadAllInTurn);
      await queue;
      clearTimeout(retry);
    },
  };

  /** What fails is tried again soon, all of it: what was not read may be of any kind. */
  function inTurn(work: () => Promise<void>): void {
    queue = queue
      .then(() => (isStopped ? undefined : work()))
      .catch((error: unknown) => {
        mayHaveMissed = true;
        log.debug({ err: error }, 'records could not be read; trying again');
        clearTimeout(retry);
        retry = setTimeout(loadAllInTurn, retryMs);
        retry.unref();
      });
  }

  function loadAllInTurn(): void {
    inTurn(loadAll);
  }

  function follow(_channel: string, message: string): void {
    const { success, data: change } = Change.safeParse(parsed(message));
    if (!success) return;
    for (const follower of followers) follower.hear?.(change);
    // What somebody's hand or a restored backup changed stands in no log.
    if (change.kind === 'resync') loadAllInTurn();
    if (change.kind !== 'records') return;
    const { of } = change;
    inTurn(() => load([], (kind) => kind === of));
  }

  async function glance(): Promise<void> {
    if (mayHaveMissed || (await isAnyLost())) return loadAll();
    const newest = await newestEntry();
    if (newest === seen) return;
    const missed = await missedUpTo(newest);
    if (missed === 'all') return loadAll();
    const kinds = new Set(missed.map(({ kind }) => kind));
    await load(missed, (kind) => kinds.has(kind));
    seen = missed.at(-1)?.id;
  }

  /** A Redis that evicts may take records and leave the log. */
  async function isAnyLost(): Promise<boolean> {
    const lost = await Promise.all(followers.map(async (follower) => follower.isLost?.()));
    return lost.includes(true);
  }

  /** The log first: what is changed after that is seen by the next glance. */
  async function loadAll(): Promise<void> {
    const newest = await newestEntry();
    await load(await missedUpTo(newest), () => true);
    seen = newest;
    mayHaveMissed = false;
    isLoaded = true;
    reportFirst();
  }

  /** None since the last look: the log is another, or was lost. Too many: what was not read may be of any kind. */
  async function missedUpTo(newest: string): Promise<Missed> {
    if (newest === seen) return [];
    if (seen === undefined) return 'all';
    const changed = await records.changedSince(seen, glancedEntries);
    return changed.length === 0 || changed.length === glancedEntries ? 'all' : changed;
  }

  async function newestEntry(): Promise<string> {
    return (await records.newest()) ?? beforeAll;
  }

  async function load(missed: Missed, isOf: (kind: AuditKind) => boolean): Promise<void> {
    const ofKind = (kind: AuditKind): Missed =>
      missed === 'all' ? missed : missed.filter((entry) => entry.kind === kind);
    const concerned = followers.filter(({ kind }) => isOf(kind));
    await Promise.all(concerned.map((follower) => follower.load(ofKind(follower.kind))));
  }
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

import type { AuditKind } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Change } from './change.ts';
import type { RecordStore } from './recordStore.ts';

/** Holds the records of one kind in memory. */
export interface RecordFollower {
  readonly kind: AuditKind;
  /** Reads all of them again. */
  load(): Promise<void>;
}

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

/** More changes than this since the last glance are not looked through: all is read again. */
const glancedEntries = 500;

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
    },
  };

  /** What fails is made good by the next glance: it sees what was not read, or that nothing ever was. */
  function inTurn(work: () => Promise<void>): void {
    queue = queue
      .then(() => (isStopped ? undefined : work()))
      .catch((error: unknown) => {
        mayHaveMissed = true;
        log.debug({ err: error }, 'records could not be read; trying again');
      });
  }

  function loadAllInTurn(): void {
    inTurn(loadAll);
  }

  function follow(_channel: string, message: string): void {
    const change = Change.safeParse(parsed(message));
    if (!change.success || change.data.kind !== 'records') return;
    const { of } = change.data;
    inTurn(() => load((kind) => kind === of));
  }

  async function glance(): Promise<void> {
    const newest = await records.newest();
    if (mayHaveMissed) return loadAll();
    if (newest === seen) return;
    const changed = seen === undefined ? [] : await records.changedSince(seen, glancedEntries);
    // None: the log is another, or was lost. Too many: what was not read may be of any kind.
    if (changed.length === 0 || changed.length === glancedEntries) return loadAll();
    const kinds = new Set(changed.map(({ kind }) => kind));
    await load((kind) => kinds.has(kind));
    seen = changed.at(-1)?.id;
  }

  /** The log first: what is changed after that is seen by the next glance. */
  async function loadAll(): Promise<void> {
    const newest = await records.newest();
    await load(() => true);
    seen = newest;
    mayHaveMissed = false;
    isLoaded = true;
    reportFirst();
  }

  async function load(isOf: (kind: AuditKind) => boolean): Promise<void> {
    await Promise.all(followers.filter(({ kind }) => isOf(kind)).map((follower) => follower.load()));
  }
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

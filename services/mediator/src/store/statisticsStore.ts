import { setImmediate } from 'node:timers/promises';
import {
  buildStatistics,
  type Feedback,
  type LoggedPage,
  noStatistics,
  type Statistics,
} from '@widget-mediator/composition';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Change } from './change.ts';
import { guarded } from './guarded.ts';
import { parseRecord } from './parseRecord.ts';
import type { RedisKeys } from './redisKeys.ts';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Our own snapshot, which is large: only its outline is checked. */
const Snapshot = z.object({
  id: z.string(),
  sources: z.custom<Statistics['sources']>(isObject),
  feedback: z.custom<Feedback>(isObject).exactOptional(),
});

const LoggedPageSchema = z.object({
  widgets: z.array(z.object({ widget: z.string(), items: z.array(z.string()) })),
});

/** How many of the latest sampled pages the statistics look back on: some 4 MB of Redis with 15 lists of 40 each. */
const pagesKept = 200;

/** Pages are read so many at a time, and others' work goes on in between. */
const pagesAtOnce = 10;

/** What strategies know of the past: a sample of pages goes in, a versioned snapshot comes out. */
export interface StatisticsStore {
  /** The snapshot in memory. */
  current(): Statistics;
  /** Reads the latest snapshot. */
  load(): Promise<void>;
  /** Adds a page to the sample. */
  logPage(page: LoggedPage): Promise<void>;
  /** Builds a snapshot from the sample, stores and announces it. Returns its id. */
  rebuild(): Promise<string>;
}

export function createRedisStatisticsStore(redis: Redis, keys: RedisKeys): StatisticsStore {
  let current: Statistics = noStatistics;

  return {
    current: () => current,
    load: guarded(async () => {
      current = parseRecord(Snapshot, await redis.get(keys.statistics)) ?? current;
    }),
    logPage: guarded(async (page: LoggedPage) => {
      await redis.xadd(keys.pageLog, 'MAXLEN', '~', pagesKept, '*', 'page', JSON.stringify(page));
    }),
    rebuild: guarded(async () => {
      const { id, pages } = await readPages();
      const snapshot = buildStatistics(id, pages);
      const change: Change = { kind: 'statistics' };
      await redis.set(keys.statistics, JSON.stringify(snapshot));
      await redis.publish(keys.changes, JSON.stringify(change));
      return id;
    }),
  };

  async function readPages(): Promise<{ id: string; pages: LoggedPage[] }> {
    const pages: LoggedPage[] = [];
    let id = noStatistics.id;
    for (let start = '-'; ; start = `(${id}`) {
      const entries = await redis.xrange(keys.pageLog, start, '+', 'COUNT', pagesAtOnce);
      for (const [entryId, [, page]] of entries) {
        pages.push(...parsePage(page));
        id = entryId;
      }
      if (entries.length < pagesAtOnce) return { id, pages };
      await setImmediate();
    }
  }
}

function parsePage(text: string | undefined): LoggedPage[] {
  const page = parseRecord(LoggedPageSchema, text ?? null);
  return page === undefined ? [] : [page];
}

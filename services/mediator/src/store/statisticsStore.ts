import {
  buildStatistics,
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

const Snapshot = z.object({
  id: z.string(),
  sources: z.record(
    z.string(),
    z.object({ pages: z.number(), trust: z.number(), items: z.record(z.string(), z.number()) }),
  ),
});

const LoggedPageSchema = z.object({
  widgets: z.array(z.object({ widget: z.string(), items: z.array(z.string()) })),
});

/** How many of the latest sampled pages the statistics look back on; about 10 MB of Redis with 15 lists of 40 each. */
const pagesKept = 500;

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
      const entries = await redis.xrange(keys.pageLog, '-', '+');
      const id = entries.at(-1)?.[0] ?? noStatistics.id;
      const snapshot = buildStatistics(
        id,
        entries.flatMap(([, [, page]]) => parsePage(page)),
      );
      const change: Change = { kind: 'statistics' };
      await redis.set(keys.statistics, JSON.stringify(snapshot));
      await redis.publish(keys.changes, JSON.stringify(change));
      return id;
    }),
  };
}

function parsePage(text: string | undefined): LoggedPage[] {
  const page = parseRecord(LoggedPageSchema, text ?? null);
  return page === undefined ? [] : [page];
}

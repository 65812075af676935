import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { WorkerConfig } from '../config.ts';
import type { Endings } from '../store/endings.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { RecordStore } from '../store/recordStore.ts';
import type { RedisKeys } from '../store/redisKeys.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import type { StatisticsStore } from '../store/statisticsStore.ts';
import type { TakedownStore } from '../store/takedownStore.ts';
import { createExpireContent } from './expireContent.ts';
import { createExpireDue } from './expireDue.ts';
import type { JobQueue } from './jobQueue.ts';
import { createJobWorker, type JobOutcome } from './jobWorker.ts';
import { createDeleteLeftBehind } from './leftBehind.ts';
import { createResync } from './resync.ts';
import { createSweep } from './sweep.ts';
import { createUpkeep, type Report } from './upkeep.ts';

export interface MaintenanceParts {
  readonly config: WorkerConfig;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly records: RecordStore;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly endings: Endings;
  readonly statistics: StatisticsStore;
  readonly takedowns: TakedownStore;
  readonly jobs: JobQueue;
  readonly onJob: (name: string, outcome: JobOutcome) => void;
  readonly onReport: (report: Report) => void;
  readonly log: Logger;
}

/** Takes jobs from the queue and sees to it that the recurring ones are in it: in the mediator, or in a worker apart. */
export interface Maintenance {
  start(): void;
  stop(storeIsThere: boolean): Promise<void>;
}

const scheduledEveryMs = 1_000;
/** What is over is off pages at once; this is when it leaves memory. */
const expireEveryMs = 2_000;

export function createMaintenance(parts: MaintenanceParts): Maintenance {
  const { config, redis, jobs, log } = parts;
  const now = () => Date.now();
  const expire = createExpireContent(parts.publications, now);
  const sweep = createSweep({ ...parts, expire, now });
  const deleteLeftBehind = createDeleteLeftBehind({ ...parts, now });
  const upkeep = createUpkeep({ ...parts, failed: jobs.failed, sweep, deleteLeftBehind });
  const worker = createJobWorker({
    ...parts,
    redisUrl: config.REDIS_URL,
    work: {
      expire: createExpireDue({ ...parts, expire, now }),
      resync: createResync({ ...parts, now }),
      statistics: parts.statistics.rebuild,
      upkeep,
    },
  });
  const every = {
    expire: expireEveryMs,
    resync: config.RESYNC_EVERY_MS,
    statistics: config.STATISTICS_EVERY_MS,
    upkeep: config.UPKEEP_EVERY_MS,
  };
  let timer: NodeJS.Timeout | undefined;

  return {
    start() {
      // Again and again, since a Redis that was emptied, or that evicts, has forgotten the schedules.
      timer = setInterval(schedule, scheduledEveryMs);
      timer.unref();
      redis.on('ready', schedule);
    },
    stop(storeIsThere) {
      clearInterval(timer);
      redis.off('ready', schedule);
      return worker.close(storeIsThere);
    },
  };

  /** The queue has a connection of its own, which may be back later than the one that told us. */
  function schedule(): void {
    if (redis.status !== 'ready') return;
    jobs.schedule(every).catch((error: unknown) => {
      log.debug({ err: error }, 'recurring jobs are not scheduled yet');
    });
  }
}

import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { WorkerConfig } from '../config.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import type { RedisKeys } from '../store/redisKeys.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import type { StatisticsStore } from '../store/statisticsStore.ts';
import type { TakedownStore } from '../store/takedownStore.ts';
import type { JobQueue } from './jobQueue.ts';
import { createJobWorker, type JobOutcome } from './jobWorker.ts';
import { createSweep } from './sweep.ts';

export interface MaintenanceParts {
  readonly config: WorkerConfig;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly statistics: StatisticsStore;
  readonly takedowns: TakedownStore;
  readonly jobs: JobQueue;
  readonly onJob: (name: string, outcome: JobOutcome) => void;
  readonly log: Logger;
}

/** Takes jobs from the queue and sees to it that the recurring ones are in it: in the mediator, or in a worker apart. */
export interface Maintenance {
  start(): void;
  stop(storeIsThere: boolean): Promise<void>;
}

export function createMaintenance(parts: MaintenanceParts): Maintenance {
  const { config, redis, jobs, log } = parts;
  const sweep = createSweep({ ...parts, now: () => Date.now() });
  const worker = createJobWorker({ ...parts, redisUrl: config.REDIS_URL, sweep });
  const every = { resyncMs: config.RESYNC_EVERY_MS, statisticsMs: config.STATISTICS_EVERY_MS };
  let stopping = false;

  return {
    start() {
      // Each time, since a Redis that was restarted empty has forgotten the schedules.
      redis.on('ready', schedule);
    },
    stop(storeIsThere) {
      stopping = true;
      return worker.close(storeIsThere);
    },
  };

  /** The queue has a connection of its own, which may be back later than the one that told us. */
  function schedule(): void {
    jobs.schedule(every).catch((error: unknown) => {
      log.debug({ err: error }, 'recurring jobs are not scheduled yet');
      if (!stopping) setTimeout(schedule, 500).unref();
    });
  }
}

import { Queue } from 'bullmq';
import type { Logger } from 'pino';
import type { WorkerConfig } from '../config.ts';
import type { RedisKeys } from '../store/redisKeys.ts';
import { createFailedJobs, type FailedJobs } from './failedJobs.ts';
import { closeInTime, createJobConnection } from './jobConnection.ts';
import { type JobName, jobNames, queueName } from './jobs.ts';

/** Where jobs are put. No request waits for it. */
export interface JobQueue {
  /** Sees to it that jobs are scheduled, once for all replicas; what is scheduled already is left alone. */
  schedule(every: Readonly<Record<JobName, number>>): Promise<void>;
  readonly failed: FailedJobs;
  /** The queue itself, to be looked at. */
  readonly queue: Queue;
  close(storeIsThere: boolean): Promise<void>;
}

/** Jobs that are done are kept to be looked at for a while; failed ones until they are tried again, or for a month. */
const kept = {
  removeOnComplete: { count: 100, age: 60 * 60 },
  removeOnFail: { count: 1_000, age: 30 * 24 * 60 * 60 },
  attempts: 5,
} as const;

/** A job that is due may wait so long for a worker. */
const lateMs = 2_000;

export function createJobQueue(config: WorkerConfig, keys: RedisKeys, log: Logger): JobQueue {
  const connection = createJobConnection(config.REDIS_URL);
  const queue = new Queue(queueName, {
    prefix: keys.queuePrefix,
    connection: { ...connection.options, enableOfflineQueue: false, maxRetriesPerRequest: 0 },
    defaultJobOptions: { ...kept, backoff: { type: 'exponential', delay: 1_000 } },
  });
  queue.on('error', (error) => log.debug({ cause: error.message }, 'job queue error'));

  return {
    async schedule(every) {
      for (const name of jobNames) {
        if (await isScheduled(name, every[name])) continue;
        await queue.upsertJobScheduler(name, { every: every[name] }, { name, data: {} });
      }
    },
    failed: createFailedJobs(queue, config.STORE_TIMEOUT_MS),
    queue,
    close(storeIsThere) {
      connection.giveUp();
      return closeInTime(storeIsThere ? queue.close() : queue.disconnect());
    },
  };

  /** One whose time has passed has lost its next job: the store was emptied, or has evicted it. */
  async function isScheduled(name: JobName, everyMs: number): Promise<boolean> {
    const scheduler = await queue.getJobScheduler(name);
    return scheduler?.every === everyMs && (scheduler.next ?? 0) > Date.now() - lateMs;
  }
}

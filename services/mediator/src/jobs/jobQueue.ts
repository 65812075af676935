import { Queue } from 'bullmq';
import type { Logger } from 'pino';
import type { RedisKeys } from '../store/redisKeys.ts';
import { closeInTime, createJobConnection } from './jobConnection.ts';
import { type Job, queueName } from './jobs.ts';

/** Where jobs are put. No request waits for it. */
export interface JobQueue {
  /** Adds a job to run in `delayMs`; a job that cannot be added is logged, since the sweep does its work later. */
  add(job: Job, delayMs: number): void;
  /** Sees to it that the recurring jobs are scheduled once for all replicas. */
  schedule(every: { resyncMs: number; statisticsMs: number }): Promise<void>;
  close(storeIsThere: boolean): Promise<void>;
}

const kept = { removeOnComplete: 100, removeOnFail: 1_000, attempts: 5 } as const;

export function createJobQueue(redisUrl: string, keys: RedisKeys, log: Logger): JobQueue {
  const connection = createJobConnection(redisUrl);
  const queue = new Queue(queueName, {
    prefix: keys.queuePrefix,
    connection: { ...connection.options, enableOfflineQueue: false, maxRetriesPerRequest: 0 },
    defaultJobOptions: { ...kept, backoff: { type: 'exponential', delay: 1_000 } },
  });
  queue.on('error', (error) => log.debug({ cause: error.message }, 'job queue error'));

  return {
    add(job, delayMs) {
      queue.add(job.name, job.data, { delay: delayMs }).catch((error: unknown) => {
        log.warn({ err: error, job: job.name }, 'job could not be added; the sweep will do its work');
      });
    },
    async schedule({ resyncMs, statisticsMs }) {
      await queue.upsertJobScheduler('resync', { every: resyncMs }, { name: 'resync', data: {} });
      await queue.upsertJobScheduler('statistics', { every: statisticsMs }, { name: 'statistics', data: {} });
    },
    close(storeIsThere) {
      connection.giveUp();
      return closeInTime(storeIsThere ? queue.close() : queue.disconnect());
    },
  };
}

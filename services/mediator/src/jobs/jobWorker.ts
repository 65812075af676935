import { UnrecoverableError, Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { RedisKeys } from '../store/redisKeys.ts';
import { parkedReason } from './failedJobs.ts';
import { closeInTime, createJobConnection } from './jobConnection.ts';
import { isJobName, type JobName, queueName } from './jobs.ts';

export interface JobWorkerParts {
  readonly redisUrl: string;
  readonly keys: RedisKeys;
  /** What each job is. */
  readonly work: Readonly<Record<JobName, () => Promise<unknown>>>;
  readonly onJob: (name: string, outcome: JobOutcome) => void;
  readonly log: Logger;
}

export type JobOutcome = 'done' | 'failed';

/**
 * Does the jobs. A worker that dies is noticed within seconds, not after a minute, and a job that outlived several
 * deaths is still done: with BullMQ's defaults it would be lost.
 */
export function createJobWorker(parts: JobWorkerParts): { close(storeIsThere: boolean): Promise<void> } {
  const { redisUrl, keys, work, onJob, log } = parts;
  const connection = createJobConnection(redisUrl);
  const worker = new Worker(queueName, async ({ name }) => work[known(name)](), {
    prefix: keys.queuePrefix,
    connection: { ...connection.options, maxRetriesPerRequest: null },
    lockDuration: 5_000,
    stalledInterval: 2_000,
    maxStalledCount: 10,
    runRetryDelay: 500,
    concurrency: 4,
  });
  worker.on('error', (error) => log.debug({ cause: error.message }, 'worker error'));
  worker.on('completed', (job) => onJob(job.name, 'done'));
  worker.on('failed', (job, error) => {
    // A job that was removed while it ran has no name to count under.
    if (job !== undefined) onJob(job.name, 'failed');
    log.warn({ err: error, job: job?.name }, 'job failed');
  });
  return {
    close(storeIsThere) {
      connection.giveUp();
      // Without the store no job can be finished in good order: another worker takes it up again.
      return closeInTime(worker.close(!storeIsThere));
    },
  };
}

/** What is no job will not become one by trying again: it is parked at once, for somebody to look at. */
function known(name: string): JobName {
  if (isJobName(name)) return name;
  throw new UnrecoverableError(`${parkedReason}this release knows no job of this name`);
}

import { UnrecoverableError, Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { RedisKeys } from '../store/redisKeys.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import type { StatisticsStore } from '../store/statisticsStore.ts';
import { widgetOf } from '../store/widgetKey.ts';
import type { ExpireContent } from './expireContent.ts';
import { parkedReason } from './failedJobs.ts';
import { closeInTime, createJobConnection } from './jobConnection.ts';
import { isJobName, Job, queueName } from './jobs.ts';
import type { Sweep } from './sweep.ts';
import type { Upkeep } from './upkeep.ts';

export interface JobWorkerParts {
  readonly redisUrl: string;
  readonly keys: RedisKeys;
  readonly registrations: RegistrationStore;
  readonly expire: ExpireContent;
  readonly statistics: StatisticsStore;
  readonly sweep: Sweep;
  readonly upkeep: Upkeep;
  readonly onJob: (name: string, outcome: JobOutcome) => void;
  readonly log: Logger;
}

export type JobOutcome = 'done' | 'failed';

/**
 * Does the jobs. A worker that dies is noticed within seconds, not after a minute, and a job that outlived several
 * deaths is still done: with BullMQ's defaults it would be lost.
 */
export function createJobWorker(parts: JobWorkerParts): { close(storeIsThere: boolean): Promise<void> } {
  const { redisUrl, keys, onJob, log } = parts;
  const connection = createJobConnection(redisUrl);
  const worker = new Worker(queueName, async ({ name, data }) => run(parts, parseJob(name, data)), {
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

async function run(
  { registrations, expire, statistics, sweep, upkeep }: JobWorkerParts,
  job: Job,
): Promise<unknown> {
  switch (job.name) {
    case 'expire':
      return expire(job.data, await registrations.read(widgetOf(job.data.key)));
    case 'resync':
      return sweep();
    case 'statistics':
      return statistics.rebuild();
    case 'upkeep':
      return upkeep();
  }
}

/** What is no job will not become one by trying again: it is parked at once, for somebody to look at. */
function parseJob(name: string, data: unknown): Job {
  const parsed = Job.safeParse({ name, data });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const reason = isJobName(name)
    ? `its data do not fit (${faults.join('; ')})`
    : 'this release knows no job of this name';
  throw new UnrecoverableError(`${parkedReason}${reason}`);
}

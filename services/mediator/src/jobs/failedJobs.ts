import type { FailedJob, JobList } from '@widget-mediator/contracts';
import type { Queue } from 'bullmq';
import { StoreUnavailable } from '../store/storeUnavailable.ts';

/** Begins the reason of a job that is none: such a one is not tried again until somebody says so. */
export const parkedReason = 'parked: ';

/** Jobs that failed for good. Every method throws `StoreUnavailable` when Redis does not answer in time. */
export interface FailedJobs {
  list(limit: number): Promise<JobList>;
  retry(id: string): Promise<'retried' | 'unknown' | 'not-failed'>;
  /** Tries all of them again. Returns how many there were. */
  retryAll(): Promise<number>;
  /** Tries those again that may have failed for a passing reason. Returns how many. */
  redrive(): Promise<number>;
}

/** So many attempts, after the first ones, are made by {@link FailedJobs.redrive}. */
const attemptsInAll = 20;

/** Looked at by one redrive. */
const redrivenAtOnce = 1_000;

export function createFailedJobs(queue: Queue, timeoutMs: number): FailedJobs {
  const soon = <A extends readonly unknown[], R>(action: (...args: A) => Promise<R>) =>
    answerWithin(timeoutMs, action);

  return {
    list: soon(async (limit: number) => {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
      const jobs = await queue.getFailed(0, limit - 1);
      const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
      return { waiting, active, delayed, failed, failures: jobs.filter(isThere).map(failedJob) };
    }),

    retry: soon(async (id: string) => {
      const job = await queue.getJob(id);
      if (job === undefined) return 'unknown';
      if (!(await job.isFailed())) return 'not-failed';
      await job.retry('failed');
      return 'retried';
    }),

    retryAll: soon(async () => {
      const failed = await queue.getFailedCount();
      await queue.retryJobs({ state: 'failed' });
      return failed;
    }),

    async redrive() {
      const jobs = (await queue.getFailed(0, redrivenAtOnce - 1)).filter(isThere).filter(mayPass);
      for (const job of jobs) await job.retry('failed');
      return jobs.length;
    },
  };
}

type QueuedJob = Awaited<ReturnType<Queue['getFailed']>>[number];

/** Between being listed and being read a job may have been removed, whatever the types say. */
const isThere = (job: QueuedJob | undefined | null): job is QueuedJob => job !== undefined && job !== null;

const mayPass = ({ failedReason, attemptsMade }: QueuedJob): boolean =>
  !failedReason.startsWith(parkedReason) && attemptsMade < attemptsInAll;

const failedJob = ({ id = '', name, failedReason, attemptsMade, finishedOn }: QueuedJob): FailedJob => ({
  id,
  name,
  reason: failedReason,
  parked: failedReason.startsWith(parkedReason),
  attempts: attemptsMade,
  ...(finishedOn !== undefined && { failedAt: new Date(finishedOn).toISOString() }),
});

/** BullMQ waits for a Redis that is frozen; somebody waits for us. */
function answerWithin<A extends readonly unknown[], R>(
  timeoutMs: number,
  action: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('the queue did not answer in time')), timeoutMs);
    });
    try {
      return await Promise.race([action(...args), late]);
    } catch (error) {
      throw new StoreUnavailable(error);
    } finally {
      clearTimeout(timer);
    }
  };
}

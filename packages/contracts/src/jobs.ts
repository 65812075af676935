import * as z from 'zod';

/** A job that failed for good: it waits to be looked at and tried again. */
export const FailedJob = z
  .object({
    id: z.string().describe('Names it, for trying it again.'),
    name: z.string().describe('What it was to do.'),
    reason: z.string().describe('Why it failed the last time.'),
    parked: z.boolean().describe('It is no job that this release knows: it is not tried again by itself.'),
    attempts: z.int().describe('How often it was tried.'),
    failedAt: z.iso.datetime().exactOptional().describe('When, the last time.'),
  })
  .meta({ id: 'FailedJob', description: 'A job that failed for good, and why.' });
export type FailedJob = z.infer<typeof FailedJob>;

/** The answer of `GET /v1/jobs`. */
export const JobList = z
  .object({
    waiting: z.int().describe('Due, and not begun.'),
    active: z.int().describe('Being done.'),
    delayed: z.int().describe('Not due yet, or to be tried again.'),
    failed: z.int().describe('Failed for good.'),
    failures: z.array(FailedJob).describe('Those, newest first.'),
  })
  .meta({ id: 'JobList', description: 'How the jobs stand, and those that failed.' });
export type JobList = z.infer<typeof JobList>;

/** The answer of trying jobs again. */
export const JobsRetried = z
  .object({ retried: z.int().describe('How many jobs were put back into the queue.') })
  .meta({ id: 'JobsRetried', description: 'How many jobs are tried again.' });
export type JobsRetried = z.infer<typeof JobsRetried>;

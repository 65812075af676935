/**
 * What outlives requests, again and again. `expire` removes content whose time is over; `resync` removes takedowns that are and
 * tells every mediator to compare itself with the store; `statistics` builds the next snapshot for strategies; `upkeep` tries
 * failed jobs again, removes and deletes what the others missed, and reports.
 */
export const jobNames = ['expire', 'resync', 'statistics', 'upkeep'] as const;
export type JobName = (typeof jobNames)[number];

export const queueName = 'maintenance';

/** Whether this release knows a job of this name: anybody may have written it into the queue. */
export const isJobName = (name: string): name is JobName => jobNames.some((known) => known === name);

import { Audience } from '@widget-mediator/contracts';
import { z } from 'zod';

/**
 * What outlives requests. `expire` removes content whose time is over; `resync` sweeps what was left behind and tells
 * every mediator to compare itself with the store; `statistics` builds the next snapshot for strategies; `upkeep` tries
 * failed jobs again, deletes what removed widgets left, and reports.
 */
export const Job = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('expire'),
    data: z.object({ key: z.string(), audience: Audience, stamp: z.string() }),
  }),
  z.object({ name: z.literal('resync'), data: z.object({}) }),
  z.object({ name: z.literal('statistics'), data: z.object({}) }),
  z.object({ name: z.literal('upkeep'), data: z.object({}) }),
]);
export type Job = z.infer<typeof Job>;

export const queueName = 'maintenance';

/** What is done again and again. */
export const recurringJobs = ['resync', 'statistics', 'upkeep'] as const satisfies readonly Job['name'][];
export type RecurringJob = (typeof recurringJobs)[number];

/** Whether this release knows a job of this name: anybody may have written it into the queue. */
export const isJobName = (name: string): boolean =>
  Job.options.some(({ shape }) => shape.name.value === name);

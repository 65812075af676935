import { z } from 'zod';

/** Where to publish, and with which key. */
export const Target = z.object({
  widget: z.string(),
  key: z.string(),
  segment: z.string().optional(),
  user: z.string().optional(),
});
export type Target = z.infer<typeof Target>;

/**
 * What the publishers are to do: publish to the targets in turn over so many connections, for so many seconds or so many
 * publications; as fast as answers come, or so many a second.
 */
export const Publishing = z.object({
  port: z.int(),
  targets: z.array(Target).min(1),
  connections: z.int().min(1),
  /** In one request; neighbours among the targets, of one widget. */
  lines: z.int().min(1).default(1),
  seconds: z.number().positive().optional(),
  publications: z.int().min(1).optional(),
  perSecond: z.number().positive().optional(),
});
export type Publishing = z.input<typeof Publishing>;

/** What came of it. Latencies of the acknowledged requests, in microseconds: from when one was due where there is a rate. */
export const Published = z.object({
  acknowledged: z.int(),
  /** Answered with 503: the mediator sheds publishing before pages. In a number of publications each is made up for. */
  shed: z.int(),
  latenciesUs: z.array(z.number()),
  tookMs: z.number(),
  /** The first few answers that were neither 202 nor 503. */
  faults: z.array(z.string()),
});
export type Published = z.infer<typeof Published>;

/** What hostile bodies the publishers are to send: so many a second, all to one widget. */
export const HostileSending = z.object({
  port: z.int(),
  target: Target,
  connections: z.int().min(1),
  seconds: z.number().positive(),
  perSecond: z.number().positive(),
  /** Whether the errors budget of the target may refuse bodies unread. */
  budgeted: z.boolean(),
});
export type HostileSending = z.input<typeof HostileSending>;

/** What came of it. */
export const HostileSent = z.object({
  /** With the status that the body must be refused with, or by the budget. */
  refused: z.int(),
  tookMs: z.number(),
  /** The first few answers with another status, but for 503: that one was shed. */
  faults: z.array(z.string()),
});
export type HostileSent = z.infer<typeof HostileSent>;

/** What is followed to another mediator's page: publications to one widget, one after the other. */
export const Following = z.object({
  publishPort: z.int(),
  pagePort: z.int(),
  target: Target,
  times: z.int().min(1),
  withinMs: z.int().default(20_000),
});
export type Following = z.infer<typeof Following>;

/** Of what went wrong in one run of sending. */
export const faultsKept = 3;

/** Of publications for single users: by it a page is seen to show one. */
export const titleForUser = 'For one user';

/** Of how many items each publication is. */
export const itemsPublished = 30;

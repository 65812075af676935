import { z } from 'zod';
import { Device, Locale, SegmentId, UserId } from './identifiers.ts';
import { limits } from './limits.ts';
import { opaqueId } from './text.ts';

/**
 * The context of one page. `user`, `session` and `segments` need a read key, because the mediator trusts them.
 * `deadlineMs` can only shorten the layout's own deadline. `explain` needs an operator's key.
 */
export const HomepageRequest = z
  .strictObject({
    user: UserId.exactOptional().describe('The viewer. Opaque, never logged. Needs a read key.'),
    session: opaqueId()
      .exactOptional()
      .describe('Breaks ties the same way for one anonymous viewer. Needs a read key.'),
    device: Device.default('web').describe('What the page is for.'),
    locale: Locale.default('en').describe('The language of the page, such as en or pt-BR.'),
    segments: z
      .array(SegmentId)
      .max(limits.segmentsPerRequest)
      .default([])
      .describe('The groups the viewer is in; the first that has content wins. Needs a read key.'),
    maturity: z
      .int()
      .min(0)
      .max(21)
      .exactOptional()
      .describe('Leaves out widgets for older viewers, in years.'),
    deadlineMs: z
      .int()
      .min(limits.minDeadlineMs)
      .max(limits.maxDeadlineMs)
      .exactOptional()
      .describe("When the page stops waiting; can only shorten the layout's own deadline."),
    explain: z.boolean().default(false).describe("Adds the trace. Needs an operator's key."),
  })
  .meta({ id: 'HomepageRequest', description: 'The context of one page.' });
export type HomepageRequest = z.infer<typeof HomepageRequest>;

/** Same as {@link HomepageRequest}, as a caller may write it. */
export type HomepageRequestInput = z.input<typeof HomepageRequest>;

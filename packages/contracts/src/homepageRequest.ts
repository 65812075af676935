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
    user: UserId.exactOptional(),
    session: opaqueId().exactOptional(),
    device: Device.default('web'),
    locale: Locale.default('en'),
    segments: z.array(SegmentId).max(limits.segmentsPerRequest).default([]),
    maturity: z.int().min(0).max(21).exactOptional(),
    deadlineMs: z.int().min(limits.minDeadlineMs).max(limits.maxDeadlineMs).exactOptional(),
    explain: z.boolean().default(false),
  })
  .meta({ id: 'HomepageRequest', description: 'The context of one page.' });
export type HomepageRequest = z.infer<typeof HomepageRequest>;

/** Same as {@link HomepageRequest}, as a caller may write it. */
export type HomepageRequestInput = z.input<typeof HomepageRequest>;

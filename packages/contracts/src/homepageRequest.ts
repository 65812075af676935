import * as z from 'zod';
import { Device, Locale, SegmentId, UserId, WidgetId } from './identifiers.ts';
import { limits } from './limits.ts';
import { opaqueId, slug } from './text.ts';

/** An item that the viewer was shown before. */
export const SeenItem = z
  .strictObject({
    item: opaqueId().describe('Its id.'),
    hoursAgo: z.number().min(0).max(8_760).default(0).describe('How long ago, in hours.'),
  })
  .meta({ id: 'SeenItem', description: 'An item that the viewer was shown before.' });
export type SeenItem = z.infer<typeof SeenItem>;

/** A widget where the viewer last saw it. */
export const StoodThere = z
  .strictObject({ placement: slug().describe("The placement's id."), widget: WidgetId })
  .meta({ id: 'StoodThere', description: 'A widget where the viewer last saw it.' });
export type StoodThere = z.infer<typeof StoodThere>;

/**
 * The context of one page. `user`, `session` and `segments` need a read key, because the mediator trusts them.
 * `deadlineMs` can only shorten the layout's own deadline. `explain` and `why` need an operator's key.
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
    dismissed: z
      .array(opaqueId())
      .max(limits.itemsOfViewer)
      .default([])
      .describe('Items that the viewer does not want to see; they are not shown.'),
    seen: z
      .array(SeenItem)
      .max(limits.itemsOfViewer)
      .default([])
      .describe('Items that the viewer was shown before; they count less, for a while.'),
    lastPage: z
      .array(StoodThere)
      .max(64)
      .default([])
      .describe('What stood where on the page that the viewer was shown last; a layout may keep it so.'),
    cursor: z
      .string()
      .max(limits.cursorCharacters)
      .regex(/^[A-Za-z0-9_.-]+$/, 'must be a nextCursor')
      .exactOptional()
      .describe('The nextCursor of the page above: asks for what comes below it.'),
    why: opaqueId()
      .exactOptional()
      .describe("A widget's or an item's id: adds why it is not on the page. Needs an operator's key."),
    explain: z.boolean().default(false).describe("Adds the trace. Needs an operator's key."),
  })
  .meta({ id: 'HomepageRequest', description: 'The context of one page.' });
export type HomepageRequest = z.infer<typeof HomepageRequest>;

/** Same as {@link HomepageRequest}, as a caller may write it. */
export type HomepageRequestInput = z.input<typeof HomepageRequest>;

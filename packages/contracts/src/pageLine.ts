import * as z from 'zod';
import { FilledPlacement, Page } from './page.ts';
import { Problem } from './problem.ts';

const { pageId, layoutVersion, degraded, nextCursor, trace } = Page.shape;

/** The first line of a streamed page. */
export const PageHead = z
  .object({ type: z.literal('head').describe('Says which line it is.'), pageId, layoutVersion })
  .meta({ id: 'PageHead', description: 'The first line of a streamed page.' });
export type PageHead = z.infer<typeof PageHead>;

/** A line for each filled placement, in page order. */
export const PagePlacement = FilledPlacement.extend({
  type: z.literal('placement').describe('Says which line it is.'),
}).meta({ id: 'PagePlacement', description: 'A filled placement, as a line of a streamed page.' });
export type PagePlacement = z.infer<typeof PagePlacement>;

/** The last line of a streamed page: without it, or an error in its place, the page is not whole. */
export const PageTail = z
  .object({
    type: z.literal('tail').describe('Says which line it is.'),
    degraded,
    nextCursor,
    trace,
    timingsMs: z.record(z.string(), z.number()).describe('Milliseconds that each stage took.'),
  })
  .meta({ id: 'PageTail', description: 'The last line of a streamed page.' });
export type PageTail = z.infer<typeof PageTail>;

/** The last line of a streamed page that the mediator failed to finish. What came before it is good. */
export const PageError = z
  .object({ type: z.literal('error').describe('Says which line it is.'), problem: Problem })
  .meta({ id: 'PageError', description: 'The last line of a page that could not be finished.' });
export type PageError = z.infer<typeof PageError>;

/** One line of a page as `application/x-ndjson`: head, placements, and a tail or an error. */
export const PageLine = z
  .discriminatedUnion('type', [PageHead, PagePlacement, PageTail, PageError])
  .meta({ id: 'PageLine', description: 'One line of a streamed page.' });
export type PageLine = z.infer<typeof PageLine>;

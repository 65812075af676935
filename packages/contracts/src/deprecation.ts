import * as z from 'zod';
import { WidgetId } from './identifiers.ts';
import { timestamp } from './text.ts';

/** That a widget is not to be relied upon any more, since when, until when it is served, and what to use instead. */
export const Deprecation = z
  .strictObject({
    since: timestamp().describe('When it became, or becomes, deprecated.'),
    sunset: timestamp()
      .exactOptional()
      .describe('Served until then, and on no page from then on. Absent: there is no date yet.'),
    replacedBy: WidgetId.exactOptional().describe('The widget to use instead.'),
  })
  .refine(({ since, sunset }) => sunset === undefined || Date.parse(since) <= Date.parse(sunset), {
    path: ['sunset'],
    message: 'must not be before since',
  })
  .meta({
    id: 'Deprecation',
    description: 'That a widget is on its way out: since when, until when it is served, what replaces it.',
  });
export type Deprecation = z.infer<typeof Deprecation>;

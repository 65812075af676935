import * as z from 'zod';
import { Device, Locale, SegmentId, TeamId, UserId, WidgetId } from './identifiers.ts';
import { Provenance } from './page.ts';
import { opaqueId } from './text.ts';

/** The body that the mediator POSTs to the ranker of a layout: whom the page is for, and the widgets it could show. */
export const RankerRequest = z
  .object({
    device: Device,
    locale: Locale,
    segments: z.array(SegmentId).describe("The viewer's groups."),
    personal: z.boolean().describe('Whether the viewer is known.'),
    user: UserId.exactOptional().describe('Absent for anonymous viewers.'),
    widgets: z
      .array(
        z.object({
          widget: WidgetId,
          team: TeamId,
          provenance: Provenance,
          items: z.array(opaqueId()).max(20).describe('The ids of its first items, best first.'),
        }),
      )
      .min(1)
      .describe("What the page could show, the layout's own lists included."),
  })
  .meta({ id: 'RankerRequest', description: 'What the mediator asks of the ranker of a layout.' });
export type RankerRequest = z.infer<typeof RankerRequest>;

/** What a ranker answers: at most one score for each widget that was asked about. */
export const RankerAnswer = z
  .object({
    scores: z
      .record(z.string(), z.number().min(-1e9).max(1e9))
      .describe(
        'By widget: higher is better, within a thousand million. Widgets that are missing rank last.',
      ),
  })
  .meta({ id: 'RankerAnswer', description: "A ranker's answer: a score for each widget." });
export type RankerAnswer = z.infer<typeof RankerAnswer>;

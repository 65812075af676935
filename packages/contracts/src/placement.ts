import * as z from 'zod';
import { PlacementKind, SegmentId, WidgetId } from './identifiers.ts';
import { limits } from './limits.ts';
import { slug, timestamp } from './text.ts';

/** The layout's promise of a placement to one widget, for some viewers and for some time, whenever it can be shown. */
export const Pin = z
  .strictObject({
    widget: WidgetId.describe('The widget that takes the placement whenever it can be shown.'),
    segments: z
      .array(SegmentId)
      .min(1)
      .max(64)
      .exactOptional()
      .describe('Viewers in any of these; absent means everyone.'),
    from: timestamp().exactOptional().describe('In force from then on.'),
    until: timestamp().exactOptional().describe('In force before then.'),
  })
  .meta({ id: 'Pin', description: 'The promise of a placement to one widget, whenever it can be shown.' });
export type Pin = z.infer<typeof Pin>;

/**
 * One named place on the page. `attention` is how much it is looked at, relative to the others, beyond what standing
 * higher or lower says already. `maxItems` caps what any widget shows here.
 */
export const Placement = z
  .strictObject({
    id: slug().describe('Names the placement.'),
    kind: PlacementKind,
    attention: z
      .number()
      .positive()
      .max(1_000)
      .default(1)
      .describe('How much it is looked at, relative to the others.'),
    required: z.boolean().default(true).describe('The editorial lists alone must be able to fill it.'),
    pins: z
      .array(Pin)
      .max(32)
      .exactOptional()
      .describe('Whose it is; of those in force for the viewer, the first.'),
    maxItems: z
      .int()
      .min(1)
      .max(limits.maxItems)
      .exactOptional()
      .describe('At most so many items here, whatever the widget.'),
  })
  .meta({ id: 'Placement', description: 'One named place on the page.' });
export type Placement = z.infer<typeof Placement>;

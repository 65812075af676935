import { z } from 'zod';
import { PlacementKind, WidgetId } from './identifiers.ts';
import { Item } from './item.ts';
import { limits } from './limits.ts';
import { slug, text } from './text.ts';

/**
 * One named place on the page. `attention` is how much it is looked at, relative to the others. A pinned widget takes
 * its placement whenever it can be shown. `maxItems` caps what any widget shows here.
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
    pin: WidgetId.exactOptional().describe('The widget that takes it whenever that can be shown.'),
    maxItems: z
      .int()
      .min(1)
      .max(limits.maxItems)
      .exactOptional()
      .describe('At most so many items here, whatever the widget.'),
  })
  .meta({ id: 'Placement', description: 'One named place on the page.' });
export type Placement = z.infer<typeof Placement>;

/** A list that editors keep in the layout itself: it needs no source and stands in when nothing else is to be had. */
export const EditorialWidget = z
  .strictObject({
    id: WidgetId.describe('No widget can be registered under it.'),
    title: text(200).describe('The heading.'),
    itemType: slug().describe('What its items are.'),
    placements: z.array(PlacementKind).min(1).describe('The kinds it can take.'),
    minItems: z
      .int()
      .min(1)
      .max(limits.maxItems)
      .default(4)
      .describe('With fewer left after dedupe it is not shown.'),
    items: z.array(Item).min(1).max(limits.maxItems).describe('Best first.'),
  })
  .meta({
    id: 'EditorialWidget',
    description: 'A list kept in the layout, for when nothing else is to be had.',
  });
export type EditorialWidget = z.infer<typeof EditorialWidget>;

/** A page's placements and rules. `prior` lists widgets as an editor would order them, best first. */
export const Layout = z
  .strictObject({
    apiVersion: z.literal('widget-mediator/v1').describe('The version of this format.'),
    kind: z.literal('Layout').describe('What the document is.'),
    id: slug().describe('Names the layout.'),
    version: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/)
      .describe('Stands on every page as layoutVersion: letters, digits, dots, hyphens.'),
    deadlineMs: z
      .int()
      .min(limits.minDeadlineMs)
      .max(limits.maxDeadlineMs)
      .describe('When a page stops waiting for sources; a request may only shorten it.'),
    assemblyReserveMs: z
      .int()
      .min(1)
      .max(200)
      .default(10)
      .describe('What of the deadline is kept for composing and writing.'),
    strategy: z.enum(['editorial', 'consensus']).default('consensus').describe('How widgets are ranked.'),
    prior: z
      .array(WidgetId)
      .max(1_000)
      .default([])
      .describe('Widgets as an editor would order them, best first.'),
    placements: z.array(Placement).min(1).max(64).describe('The places of the page, top to bottom.'),
    editorial: z.array(EditorialWidget).max(64).describe('Lists for when nothing else is to be had.'),
  })
  .meta({ id: 'Layout', description: "A page's placements and rules." });
export type Layout = z.infer<typeof Layout>;

/** Same as {@link Layout}, as its author may write it: what has a default may be left out. */
export type LayoutInput = z.input<typeof Layout>;

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
    id: slug(),
    kind: PlacementKind,
    attention: z.number().positive().max(1_000).default(1),
    required: z.boolean().default(true),
    pin: WidgetId.exactOptional(),
    maxItems: z.int().min(1).max(limits.maxItems).exactOptional(),
  })
  .meta({ id: 'Placement', description: 'One named place on the page.' });
export type Placement = z.infer<typeof Placement>;

/** A list that editors keep in the layout itself: it needs no source and stands in when nothing else is to be had. */
export const EditorialWidget = z
  .strictObject({
    id: WidgetId,
    title: text(200),
    itemType: slug(),
    placements: z.array(PlacementKind).min(1),
    minItems: z.int().min(1).max(limits.maxItems).default(4),
    items: z.array(Item).min(1).max(limits.maxItems),
  })
  .meta({
    id: 'EditorialWidget',
    description: 'A list kept in the layout, for when nothing else is to be had.',
  });
export type EditorialWidget = z.infer<typeof EditorialWidget>;

/** A page's placements and rules. `prior` lists widgets as an editor would order them, best first. */
export const Layout = z
  .strictObject({
    apiVersion: z.literal('widget-mediator/v1'),
    kind: z.literal('Layout'),
    id: slug(),
    version: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/),
    deadlineMs: z.int().min(limits.minDeadlineMs).max(limits.maxDeadlineMs),
    assemblyReserveMs: z.int().min(1).max(200).default(10),
    strategy: z.enum(['editorial', 'consensus']).default('consensus'),
    prior: z.array(WidgetId).max(1_000).default([]),
    placements: z.array(Placement).min(1).max(64),
    editorial: z.array(EditorialWidget).max(64),
  })
  .meta({ id: 'Layout', description: "A page's placements and rules." });
export type Layout = z.infer<typeof Layout>;

/** Same as {@link Layout}, as its author may write it: what has a default may be left out. */
export type LayoutInput = z.input<typeof Layout>;

import * as z from 'zod';
import { Device, PlacementKind, WidgetId } from './identifiers.ts';
import { Item } from './item.ts';
import { Cap, Diversity, Passes, Ranker, SeenRule } from './layoutRules.ts';
import { limits } from './limits.ts';
import { Placement } from './placement.ts';
import { slug, text } from './text.ts';

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

/** The ranking policies by name. */
export const StrategyName = z
  .enum(['editorial', 'consensus', 'learned', 'remote'])
  .meta({ id: 'StrategyName', description: 'How widgets are ranked.' });
export type StrategyName = z.infer<typeof StrategyName>;

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
    devices: z
      .array(Device)
      .min(1)
      .max(4)
      .exactOptional()
      .describe('What it is for; absent means every device that no other layout names.'),
    strategy: StrategyName.default('consensus').describe('How widgets are ranked.'),
    ranker: Ranker.exactOptional(),
    prior: z
      .array(WidgetId)
      .max(1_000)
      .default([])
      .describe('Widgets as an editor would order them, best first.'),
    placements: z.array(Placement).min(1).max(64).describe('The places of the page, top to bottom.'),
    pageSize: z
      .int()
      .min(1)
      .max(64)
      .exactOptional()
      .describe('So many placements at a time; the rest come by cursor. Absent means all at once.'),
    caps: z.array(Cap).max(16).default([]).describe('Limits on one team, brand or creator.'),
    diversity: Diversity.exactOptional(),
    seen: SeenRule.prefault({}),
    stability: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('What a widget gains, as a share of its worth, where the viewer last saw it.'),
    passes: Passes.prefault({}),
    editorial: z.array(EditorialWidget).max(64).describe('Lists for when nothing else is to be had.'),
  })
  .meta({ id: 'Layout', description: "A page's placements and rules." });
export type Layout = z.infer<typeof Layout>;

/** Same as {@link Layout}, as its author may write it: what has a default may be left out. */
export type LayoutInput = z.input<typeof Layout>;

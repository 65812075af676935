import * as z from 'zod';
import { limits } from './limits.ts';
import { httpsUrl, opaqueId, text, textOrNothing } from './text.ts';

const attributeName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must be a plain name of at most 64 characters');

/** What frontends may draw beside the title: at most 32 plain names with scalar values. */
export const Attributes = z
  .record(attributeName, z.union([textOrNothing(500), z.number(), z.boolean()]))
  .refine(
    (attributes) => Object.keys(attributes).length <= limits.attributesPerItem,
    'must hold at most 32 attributes',
  )
  .meta({ id: 'Attributes', description: 'Facts for the card: at most 32 names with scalar values.' });
export type Attributes = z.infer<typeof Attributes>;

/**
 * One recommendable thing, in the order of its source's preference. `score` is the source's own and is
 * never compared with another source's. `parent`, `creator` and `brand` are keys for dedupe and caps.
 */
export const Item = z
  .object({
    id: opaqueId().describe('The same for all teams: dedupe compares it within an itemType.'),
    title: text(300).describe('Plain text.'),
    url: httpsUrl().exactOptional().describe('Where it leads; https: only.'),
    image: httpsUrl().exactOptional().describe('Its picture; https: only.'),
    score: z.number().exactOptional().describe("The source's own; never compared with another source's."),
    parent: opaqueId().exactOptional().describe('What it is part of, such as a series: a key for dedupe.'),
    creator: opaqueId()
      .exactOptional()
      .describe('Who made it: a key for dedupe, and what caps can be set on.'),
    brand: opaqueId().exactOptional().describe('Its brand: what caps can be set on.'),
    sponsored: z.boolean().exactOptional().describe('Paid for: say so where it is shown.'),
    attributes: Attributes.exactOptional(),
  })
  .meta({
    id: 'Item',
    description: "One recommendable thing; items stand in the order of their source's preference.",
  });
export type Item = z.infer<typeof Item>;

/** What a frontend gets of an item: everything it can draw, nothing that only ranking needs. */
export const PageItem = Item.pick({
  id: true,
  title: true,
  url: true,
  image: true,
  sponsored: true,
  attributes: true,
}).meta({ id: 'PageItem', description: 'One item as it stands on a page.' });
export type PageItem = z.infer<typeof PageItem>;

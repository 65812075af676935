import * as z from 'zod';
import { Audience } from './audience.ts';
import { Item } from './item.ts';
import { limits } from './limits.ts';
import { text, timestamp } from './text.ts';

/**
 * One immutable submission of a widget's items: the body of `POST /v1/widgets/{id}/publications` and the
 * answer of a pull endpoint. `version` grows with each submission for the same audience; an older one never
 * replaces a newer one. Items beyond the widget's `maxItems` stand in reserve for those that dedupe takes.
 */
export const Publication = z
  .object({
    version: z.int().min(1).describe('Grows with every publication for the same audience.'),
    title: text(200).exactOptional().describe("The heading; the manifest's title when absent."),
    audience: Audience.default({ type: 'everyone' }),
    generatedAt: timestamp().exactOptional().describe('When the content was made, for the staleness budget.'),
    validFrom: timestamp()
      .exactOptional()
      .describe('Not shown before this. What was published before is replaced at once.'),
    expiresAt: timestamp()
      .exactOptional()
      .describe('Not shown from this on, whatever ttlMs and staleForMs say.'),
    items: z
      .array(Item)
      .max(limits.itemsPerPublication)
      .describe('Best first. Send more than maxItems: the rest stands in for what dedupe takes.'),
  })
  .meta({ id: 'Publication', description: "One immutable submission of a widget's items for an audience." });
export type Publication = z.infer<typeof Publication>;

/** Same as {@link Publication}, as its author may write it: what has a default may be left out. */
export type PublicationInput = z.input<typeof Publication>;

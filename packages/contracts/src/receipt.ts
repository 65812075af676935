import * as z from 'zod';
import { Audience } from './audience.ts';
import { WidgetId } from './identifiers.ts';
import { ProblemError } from './problem.ts';
import { PublicationId } from './publicationId.ts';
import { Verdict } from './verdicts.ts';

/**
 * What became of a publication at admission. `received = kept + repeated` items. `verdicts` hold what would
 * keep it, or some of its items, off every page; `warnings` name fields that were not known and were left out, and
 * that the widget is deprecated.
 */
export const Receipt = z
  .object({
    widget: WidgetId,
    version: z.int().describe('As you sent it.'),
    audience: Audience,
    digest: z.string().describe('Of the content: the same content has the same digest.'),
    publication: PublicationId.exactOptional().describe(
      'Follow it by GET /v1/publications/{publicationId}; absent after a dry run.',
    ),
    stored: z.boolean().describe('False after a dry run.'),
    received: z.int().describe('Items that you sent.'),
    kept: z.int().describe('Items without those sent twice.'),
    verdicts: z.array(Verdict).describe('What keeps it, or some of its items, off every page.'),
    warnings: z
      .array(ProblemError)
      .describe('Fields that are not known and were left out; that the widget is deprecated.'),
  })
  .meta({ id: 'Receipt', description: 'What became of a publication at admission.' });
export type Receipt = z.infer<typeof Receipt>;

import { z } from 'zod';
import { WidgetId } from './identifiers.ts';
import { ProblemError } from './problems.ts';
import { Audience } from './publication.ts';
import { Verdict } from './verdicts.ts';

/**
 * What became of a publication at admission. `received = kept + repeated` items. `verdicts` hold what would
 * keep it, or some of its items, off every page; `warnings` name fields that were not known and were left out.
 */
export const Receipt = z
  .object({
    widget: WidgetId,
    version: z.int(),
    audience: Audience,
    digest: z.string(),
    stored: z.boolean(),
    received: z.int(),
    kept: z.int(),
    verdicts: z.array(Verdict),
    warnings: z.array(ProblemError),
  })
  .meta({ id: 'Receipt', description: 'What became of a publication at admission.' });
export type Receipt = z.infer<typeof Receipt>;

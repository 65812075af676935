import * as z from 'zod';
import { ProblemError } from './problem.ts';

/** What the mediator finds in a layout that fits its schema: `errors` keep it from being used, `warnings` do not. */
export const LayoutCheck = z
  .object({
    accepted: z.boolean().describe('Whether a mediator would start with it: there are no errors.'),
    errors: z.array(ProblemError).describe('What is wrong with the layout by itself; an empty list.'),
    warnings: z
      .array(ProblemError)
      .describe('What does not go together with the widgets that are registered now; an empty list.'),
  })
  .meta({ id: 'LayoutCheck', description: 'What is found in a layout; pointers lead into it.' });
export type LayoutCheck = z.infer<typeof LayoutCheck>;

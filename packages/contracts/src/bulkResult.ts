import * as z from 'zod';
import { WidgetId } from './identifiers.ts';
import { Problem } from './problem.ts';
import { Receipt } from './receipt.ts';

const line = z.int().min(1).describe('The line that this answers; the first is 1. Blank lines count.');
const widget = WidgetId.exactOptional().describe('As far as the line told it.');

/**
 * What became of one line: `status` is that of the same publication sent alone, with its receipt or its problem. Results come
 * in the order of the lines, one each; blank lines have none.
 */
export const BulkResult = z
  .union([
    z.object({ line, status: z.union([z.literal(200), z.literal(202)]), widget, receipt: Receipt }),
    z.object({ line, status: z.int().min(400).max(599), widget, problem: Problem }),
  ])
  .meta({ id: 'BulkResult', description: 'What became of one line.' });
export type BulkResult = z.infer<typeof BulkResult>;

import type * as z from 'zod';
import { WidgetId } from './identifiers.ts';
import { Publication } from './publication.ts';

/** One line of `POST /v1/publications`: a publication that names its widget. */
export const BulkLine = Publication.extend({ widget: WidgetId }).meta({
  id: 'BulkLine',
  description: 'One line: a publication, and the widget that it is of.',
});
export type BulkLine = z.infer<typeof BulkLine>;

/** Same as {@link BulkLine}, as its author may write it. */
export type BulkLineInput = z.input<typeof BulkLine>;

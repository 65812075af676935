import * as z from 'zod';

/** Names one stored version of a widget's content for one audience. Opaque; names no user. */
export const PublicationId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,400}$/, 'must be an id that a receipt gave')
  .meta({ id: 'PublicationId', description: 'Names one stored version; opaque.' });
export type PublicationId = z.infer<typeof PublicationId>;

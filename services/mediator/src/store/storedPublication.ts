import { Publication } from '@widget-mediator/contracts';
import { z } from 'zod';

/** A publication as it is kept: what was admitted, and when (milliseconds since the epoch). */
export const StoredPublication = z.object({
  publication: Publication,
  digest: z.string(),
  admittedAtMs: z.number(),
});
export type StoredPublication = z.infer<typeof StoredPublication>;

import * as z from 'zod';
import { AcceptedManifest } from './acceptedManifest.ts';

/**
 * A stored registration. `revision` counts its changes, from 1; `incarnation` tells it from others that had the same id
 * before it was removed, so that what was published to those is never shown under this one. A manifest of the version
 * before is read as one of the current version.
 */
export const Registration = z
  .object({
    manifest: AcceptedManifest,
    revision: z.int().min(1),
    incarnation: z.string(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Registration', description: 'A stored registration; revision counts its changes.' });
export type Registration = z.infer<typeof Registration>;

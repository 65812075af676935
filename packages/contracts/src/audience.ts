import * as z from 'zod';
import { SegmentId, UserId } from './identifiers.ts';

/** Whom a publication is for. On a page the user's own wins over a segment's, and that over everyone's. */
export const Audience = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('everyone') }),
    z.object({ type: z.literal('segment'), segment: SegmentId }),
    z.object({ type: z.literal('user'), user: UserId }),
  ])
  .meta({ id: 'Audience', description: 'Whom the publication is for: everyone, one segment, or one user.' });
export type Audience = z.infer<typeof Audience>;

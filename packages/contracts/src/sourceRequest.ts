import * as z from 'zod';
import { Device, Locale, SegmentId, UserId } from './identifiers.ts';
import { opaqueId } from './text.ts';

/** The body that the mediator POSTs to a pull endpoint; only what the manifest's `vary` names is filled in. */
export const SourceRequest = z
  .object({
    user: UserId.exactOptional().describe('With vary user; absent for anonymous viewers.'),
    segments: z.array(SegmentId).exactOptional().describe('With vary segments.'),
    locale: Locale.exactOptional().describe('With vary locale.'),
    device: Device.exactOptional().describe('With vary device.'),
    count: z.int().min(1).describe('How many items are useful: twice maxItems.'),
    exclude: z.array(opaqueId()).exactOptional().describe('Items to leave out. Not sent yet.'),
  })
  .meta({ id: 'SourceRequest', description: 'What the mediator asks of a pull endpoint.' });
export type SourceRequest = z.infer<typeof SourceRequest>;

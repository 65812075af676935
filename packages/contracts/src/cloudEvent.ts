import * as z from 'zod';

/** The context attributes of a CloudEvent (CloudEvents 1.0.2, 3.1) that are looked at; others are allowed. */
export const CloudEventAttributes = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(256).describe('With source, what the event is known by.'),
  source: z.string().min(1).max(1_024).describe('Where it comes from: a URI reference.'),
  type: z.string().min(1).max(256).describe('Any.'),
  datacontenttype: z
    .string()
    .regex(/^application\/json(?:\s*;.*)?$/i, 'must be application/json')
    .exactOptional(),
});
export type CloudEventAttributes = z.infer<typeof CloudEventAttributes>;

/** A publication as an event, in structured mode (`application/cloudevents+json`). Events of one source and id are one. */
export const CloudEvent = CloudEventAttributes.extend({
  data: z.unknown().optional().describe('The publication.'),
  data_base64: z
    .base64()
    .exactOptional()
    .describe('Instead of data: the JSON of the publication, in Base64 (RFC 4648).'),
}).meta({ id: 'CloudEvent', description: 'A CloudEvent 1.0 whose data is a publication.' });
export type CloudEvent = z.infer<typeof CloudEvent>;

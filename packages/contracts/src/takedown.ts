import * as z from 'zod';
import { TeamId } from './identifiers.ts';
import { text, timestamp } from './text.ts';

/** What can be taken down: one item, one widget, or all of a team's. */
export const TakedownTarget = z
  .enum(['item', 'widget', 'team'])
  .meta({ id: 'TakedownTarget', description: 'What is taken down: an item, a widget, or a team.' });
export type TakedownTarget = z.infer<typeof TakedownTarget>;

/** What an operator says of a takedown. */
export const TakedownRequest = z
  .strictObject({
    reason: text(500).describe('Why, for other operators; on no page.'),
    until: timestamp().exactOptional().describe('It ends then by itself; absent means when it is put back.'),
  })
  .meta({ id: 'TakedownRequest', description: 'Why something is taken down, and until when.' });
export type TakedownRequest = z.infer<typeof TakedownRequest>;

/** Something that is on no page, and who saw to that. */
export const Takedown = z
  .object({
    target: TakedownTarget,
    id: z.string().describe('Of a widget or team its id; of an item its itemType, a colon and its id.'),
    reason: z.string().describe('Why.'),
    until: z.string().exactOptional().describe('When it ends by itself.'),
    at: z.iso.datetime().describe('Since when it is as it is.'),
    team: TeamId.describe('The team of the key that did it.'),
    key: z.string().describe('The public id of that key.'),
    revision: z.int().describe('Counts its changes.'),
  })
  .meta({ id: 'Takedown', description: 'Something that operators took off all pages.' });
export type Takedown = z.infer<typeof Takedown>;

/** The answer of `GET /v1/takedowns`. */
export const TakedownList = z
  .object({ takedowns: z.array(Takedown).describe('By target and id.') })
  .meta({ id: 'TakedownList', description: 'All that is taken down now.' });
export type TakedownList = z.infer<typeof TakedownList>;

import * as z from 'zod';
import { limits } from './limits.ts';

/**
 * At most `max` within any `window` placements that follow one another: widgets of one team, or displayed items of one
 * brand or creator.
 */
export const Cap = z
  .strictObject({
    by: z
      .enum(['team', 'brand', 'creator'])
      .describe('Widgets of one team, or items of one brand or creator.'),
    max: z.int().min(1).max(1_000).describe('At most so many.'),
    window: z.int().min(1).max(64).default(64).describe('Within so many placements that follow one another.'),
  })
  .meta({ id: 'Cap', description: 'A limit on one team, brand or creator within a window of the page.' });
export type Cap = z.infer<typeof Cap>;

/** How much a page is asked to vary. A widget wholly like those above it counts `weight` less. */
export const Diversity = z
  .strictObject({
    weight: z
      .number()
      .min(0)
      .max(1)
      .describe('The share of its worth that a mere repetition loses; 0 is none.'),
    by: z
      .array(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must be a plain name'))
      .min(1)
      .max(4)
      .default(['creator'])
      .describe('creator, brand, parent, or the name of an attribute, such as genre.'),
  })
  .meta({ id: 'Diversity', description: 'How much the widgets of a page are to differ, and in what.' });
export type Diversity = z.infer<typeof Diversity>;

/** How much less an item counts that the viewer was shown before; it recovers by half every `halfLifeHours`. */
export const SeenRule = z
  .strictObject({
    weight: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('The share of its worth lost just after it was shown.'),
    halfLifeHours: z.number().positive().max(8_760).default(24).describe('The loss halves in so many hours.'),
  })
  .meta({ id: 'SeenRule', description: 'How much less an item counts that was shown before.' });
export type SeenRule = z.infer<typeof SeenRule>;

/** The passes that better the greedy page. Each keeps every promise of the page, or leaves it as it was. */
export const Passes = z
  .strictObject({
    reallocate: z.boolean().default(true).describe('Shared items go where they are worth most.'),
    search: z.boolean().default(true).describe('Widgets are inserted, replaced and swapped.'),
    iterations: z
      .int()
      .min(1)
      .max(10_000)
      .default(64)
      .describe('How many other pages the search may try. Never a time, so that a page can be replayed.'),
  })
  .meta({ id: 'Passes', description: 'What betters the greedy page.' });
export type Passes = z.infer<typeof Passes>;

/** The service that ranks widgets under the strategy `remote`. */
export const Ranker = z
  .strictObject({
    endpoint: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .describe('Where it is asked. Its host must be on the allow-list.'),
    latencyMs: z
      .int()
      .min(5)
      .max(limits.maxDeadlineMs)
      .default(30)
      .describe('For one answer, taken off what the sources get; then consensus ranks.'),
  })
  .meta({ id: 'Ranker', description: 'The service that ranks widgets under the strategy remote.' });
export type Ranker = z.infer<typeof Ranker>;

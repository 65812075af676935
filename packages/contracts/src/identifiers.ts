import * as z from 'zod';
import { opaqueId, slug } from './text.ts';

/** Names a widget; also the name of its source in `degraded`, metrics and breakers. */
export const WidgetId = slug().meta({ id: 'WidgetId', description: 'The widget, as registered.' });
export type WidgetId = z.infer<typeof WidgetId>;

/** Names the team that owns a widget. */
export const TeamId = slug().meta({ id: 'TeamId', description: 'The team that owns a widget.' });
export type TeamId = z.infer<typeof TeamId>;

/** Names a group of viewers; who is in it is the frontend's business. */
export const SegmentId = slug().meta({ id: 'SegmentId', description: 'A group of viewers.' });
export type SegmentId = z.infer<typeof SegmentId>;

/** A viewer, as the frontend knows them; opaque to the mediator and never logged. */
export const UserId = opaqueId().meta({ id: 'UserId', description: 'A viewer; opaque, never logged.' });
export type UserId = z.infer<typeof UserId>;

/** What kind of place on a page this is, such as `hero` or `row`; widgets name the kinds they can take. */
export const PlacementKind = slug().meta({
  id: 'PlacementKind',
  description: 'A kind of placement, such as hero or row.',
});
export type PlacementKind = z.infer<typeof PlacementKind>;

/** The devices that a page can be composed for. */
export const Device = z
  .enum(['phone', 'tablet', 'web', 'tv'])
  .meta({ id: 'Device', description: 'The device that the page is for.' });
export type Device = z.infer<typeof Device>;

/** A BCP 47 language tag of at most language, script and region: `en`, `pt-BR`, `zh-Hant-TW`. */
export const Locale = z
  .string()
  .regex(
    /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/,
    'must be a language tag such as en or pt-BR',
  )
  .meta({ id: 'Locale', description: 'A BCP 47 language tag, such as en or pt-BR.' });
export type Locale = z.infer<typeof Locale>;

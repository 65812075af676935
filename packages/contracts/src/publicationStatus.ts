import * as z from 'zod';
import { SegmentId, WidgetId } from './identifiers.ts';
import { PublicationId } from './publicationId.ts';
import { timestamp } from './text.ts';

/** What has become of a publication since it was stored. */
export const PublicationState = z
  .enum(['stored', 'superseded', 'withdrawn', 'expired'])
  .meta({ id: 'PublicationState', description: 'What has become of it.' });
export type PublicationState = z.infer<typeof PublicationState>;

/** The answer of `GET /v1/publications/{publicationId}`, and of its withdrawal. */
export const PublicationStatus = z
  .object({
    publication: PublicationId,
    widget: WidgetId,
    version: z.int().describe('As you sent it.'),
    audience: z.enum(['everyone', 'segment', 'user']).describe('Whom it is for; users are not named.'),
    segment: SegmentId.exactOptional(),
    state: PublicationState,
    served: z.boolean().describe('Whether the mediator that answers gives it to pages now.'),
    withheld: z
      .enum(['sunset', 'not-live', 'widget-taken-down', 'team-taken-down'])
      .exactOptional()
      .describe('If its widget is on no page now, whatever its content: the verdict on it.'),
    currentVersion: z.int().exactOptional().describe('If superseded: the version that took its place.'),
    admittedAt: timestamp().exactOptional().describe('When this version was stored last.'),
    withdrawnAt: timestamp().exactOptional().describe('If withdrawn: when.'),
    validFrom: timestamp().exactOptional().describe('Not shown before this.'),
    freshUntil: timestamp().exactOptional().describe('Fresh until then.'),
    staleUntil: timestamp().exactOptional().describe('Shown, as stale, until then.'),
  })
  .meta({ id: 'PublicationStatus', description: 'What has become of a publication since it was stored.' });
export type PublicationStatus = z.infer<typeof PublicationStatus>;

/**
 * The body of `POST /v1/publications/{publicationId}/rollback`: the old content is published once more, under a version
 * above the current one.
 */
export const Rollback = z
  .strictObject({
    version: z.int().min(1).describe('Above the current one.'),
    validFrom: timestamp().exactOptional().describe('Instead of the old one.'),
    expiresAt: timestamp().exactOptional().describe('Instead of the old one.'),
  })
  .meta({ id: 'Rollback', description: 'Old content once more, under a new version.' });
export type Rollback = z.infer<typeof Rollback>;

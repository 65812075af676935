import * as z from 'zod';
import { AcceptedManifest } from './acceptedManifest.ts';
import { AuditAction } from './audit.ts';
import { Deprecation } from './deprecation.ts';
import { TeamId, WidgetId } from './identifiers.ts';

/** One widget in a list. */
export const WidgetSummary = z
  .object({
    id: WidgetId,
    owner: TeamId,
    title: z.string().describe('The heading, unless a publication has its own.'),
    mode: z.enum(['pull', 'push']).describe('How its items reach the mediator.'),
    lifecycle: z.enum(['shadow', 'canary', 'live']).describe('Only live is on pages.'),
    deprecation: Deprecation.exactOptional(),
    revision: z.int().describe('Counts its changes.'),
    updatedAt: z.iso.datetime().describe('When it was changed last.'),
    etag: z.string().describe('As in the ETag of its registration: what If-Match compares.'),
  })
  .meta({ id: 'WidgetSummary', description: 'One registered widget.' });
export type WidgetSummary = z.infer<typeof WidgetSummary>;

/** The answer of `GET /v1/widgets`. */
export const WidgetList = z
  .object({
    widgets: z.array(WidgetSummary).describe('By id.'),
    after: WidgetId.exactOptional().describe('Ask for more with this; absent when there are none.'),
  })
  .meta({ id: 'WidgetList', description: 'Registered widgets.' });
export type WidgetList = z.infer<typeof WidgetList>;

/** Who removed a widget, and when. */
const WidgetRemoval = z.object({
  at: z.iso.datetime().describe('When.'),
  team: TeamId.describe('The team of the key that did it.'),
  key: z.string().describe('The public id of that key.'),
});

/** One revision of a registration: who made it, and when. */
export const WidgetRevision = z
  .object({
    incarnation: z.string().describe('Of which registration: another one after each removal.'),
    revision: z.int().describe('Counts the changes of that registration, from 1.'),
    at: z.iso.datetime().describe('When.'),
    team: TeamId.describe('The team of the key that made it.'),
    key: z.string().describe('The public id of that key.'),
    action: AuditAction,
    removed: WidgetRemoval.exactOptional().describe(
      'Who removed the widget, and when: on the newest revision before it.',
    ),
  })
  .meta({ id: 'WidgetRevision', description: 'One revision of a registration: who made it, and when.' });
export type WidgetRevision = z.infer<typeof WidgetRevision>;

/** The answer of `GET /v1/widgets/{widgetId}/versions`. */
export const WidgetRevisions = z
  .object({
    widget: WidgetId,
    registered: z.boolean().describe('False after the widget was removed.'),
    versions: z
      .array(WidgetRevision)
      .describe('Newest first, of its last owner only, from before removals, too; of the last 50 changes.'),
  })
  .meta({ id: 'WidgetRevisions', description: 'The revisions of a widget that are kept.' });
export type WidgetRevisions = z.infer<typeof WidgetRevisions>;

/** The answer of `GET /v1/widgets/{widgetId}/versions/{revision}`: PUT its `manifest` to restore it. */
export const WidgetRevisionDetail = z
  .object({ ...WidgetRevision.shape, manifest: AcceptedManifest })
  .meta({ id: 'WidgetRevisionDetail', description: 'One revision with its manifest.' });
export type WidgetRevisionDetail = z.infer<typeof WidgetRevisionDetail>;

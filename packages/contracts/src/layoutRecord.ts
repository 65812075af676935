import * as z from 'zod';
import { AuditAction } from './audit.ts';
import { Device, TeamId } from './identifiers.ts';
import { Layout } from './layout.ts';
import { ProblemError } from './problem.ts';
import { slug } from './text.ts';

const LayoutOrigin = z
  .enum(['file', 'store'])
  .describe('Where it comes from: a file that mediators start with, or this interface.');

const revision = () => z.int().describe('Counts the changes made by this interface; 0 is the file.');

/** A layout in use, and who made it that. Its entity tag is the answer's `ETag`. */
export const LayoutRecord = z
  .object({
    layout: Layout,
    origin: LayoutOrigin,
    revision: revision(),
    updatedAt: z.iso.datetime().exactOptional().describe('When it was changed; absent for a file.'),
    team: TeamId.exactOptional().describe('The team of the key that did it.'),
    key: z.string().exactOptional().describe('The public id of that key.'),
    warnings: z
      .array(ProblemError)
      .exactOptional()
      .describe('After a change: what does not go together with the widgets that are registered now.'),
  })
  .meta({ id: 'LayoutRecord', description: 'A layout in use, and where it comes from.' });
export type LayoutRecord = z.infer<typeof LayoutRecord>;

/** The answer of `GET /v1/layouts`. */
export const LayoutList = z
  .object({
    layouts: z
      .array(
        z.object({
          id: slug().describe('Its id.'),
          version: z.string().describe('What pages say as layoutVersion.'),
          devices: z
            .array(Device)
            .exactOptional()
            .describe('What it is for; absent: all that no other names.'),
          origin: LayoutOrigin,
          revision: revision(),
          etag: z.string().describe('For If-Match.'),
        }),
      )
      .describe('By id.'),
  })
  .meta({ id: 'LayoutList', description: 'The layouts in use.' });
export type LayoutList = z.infer<typeof LayoutList>;

/** The answer of `GET /v1/layouts/{layoutId}/versions`. */
export const LayoutVersions = z
  .object({
    versions: z
      .array(
        z.object({
          revision: revision(),
          version: z.string().exactOptional().describe('Of the layout; absent where it was removed.'),
          action: AuditAction,
          at: z.iso.datetime().describe('When.'),
          team: TeamId.describe('The team of the key that did it.'),
          key: z.string().describe('The public id of that key.'),
        }),
      )
      .describe('Newest first.'),
  })
  .meta({ id: 'LayoutVersions', description: 'The last versions of a layout.' });
export type LayoutVersions = z.infer<typeof LayoutVersions>;

/** Which revision is to be in use again. */
export const LayoutRollback = z
  .strictObject({ revision: z.int().min(1).describe('One of those that are listed, with a version.') })
  .meta({ id: 'LayoutRollback', description: 'Which revision of the layout is to be in use again.' });
export type LayoutRollback = z.infer<typeof LayoutRollback>;

import * as z from 'zod';
import { TeamId } from './identifiers.ts';

/** What can be changed by teams and operators, and is logged. */
export const AuditKind = z
  .enum(['widget', 'key', 'layout', 'takedown', 'user'])
  .meta({ id: 'AuditKind', description: 'What was changed: a widget, a key, a layout, a takedown, a user.' });
export type AuditKind = z.infer<typeof AuditKind>;

/** What was done to it. */
export const AuditAction = z
  .enum(['created', 'updated', 'deprecated', 'rolled-back', 'removed', 'revoked', 'erased'])
  .meta({ id: 'AuditAction', description: 'What was done to it.' });
export type AuditAction = z.infer<typeof AuditAction>;

/** One change that somebody made: who, what, when. */
export const AuditEntry = z
  .object({
    id: z.string().describe('Its place in the log: newer entries have greater ids.'),
    at: z.iso.datetime().describe('When.'),
    team: TeamId.describe('The team of the key that did it.'),
    key: z.string().describe('The public id of that key; never the key.'),
    action: AuditAction,
    kind: AuditKind,
    subject: z.string().describe('Which one, by its id.'),
    owner: TeamId.exactOptional().describe('The team that it belongs to.'),
    revision: z.int().exactOptional().describe('Of the record afterwards, where it has revisions.'),
  })
  .meta({ id: 'AuditEntry', description: 'One change: who made it, what, and when.' });
export type AuditEntry = z.infer<typeof AuditEntry>;

/** The answer of `GET /v1/audit`. */
export const AuditLog = z
  .object({
    entries: z.array(AuditEntry).describe('Newest first.'),
    before: z.string().exactOptional().describe('Ask for older ones with this; absent when there are none.'),
  })
  .meta({ id: 'AuditLog', description: 'Changes, newest first.' });
export type AuditLog = z.infer<typeof AuditLog>;

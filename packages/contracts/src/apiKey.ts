import * as z from 'zod';
import { TeamId } from './identifiers.ts';
import { text, timestamp } from './text.ts';

/** What a key may be used for: publish its team's widgets, vouch for viewers, or operate the mediator. */
export const Scope = z.enum(['publish', 'read', 'operate']).meta({
  id: 'Scope',
  description: "What a key may be used for: publish (its team's widgets), read (name viewers), operate.",
});
export type Scope = z.infer<typeof Scope>;

/** Names a key, in lists and in the audit log: the part of it that is no secret. */
export const KeyId = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, 'must be lower-case letters, digits and hyphens')
  .meta({ id: 'KeyId', description: 'Names a key; the part of it that is no secret.' });
export type KeyId = z.infer<typeof KeyId>;

const scopes = z
  .array(Scope)
  .min(1)
  .max(Scope.options.length)
  .refine((list) => new Set(list).size === list.length, 'must be different scopes');

/** The body of `POST /v1/keys`. */
export const KeyRequest = z
  .strictObject({
    team: TeamId,
    scopes: scopes.describe('At least one. A team has at most two active keys of each.'),
    note: text(200).exactOptional().describe('What it is for. Everybody who sees the key listed reads it.'),
  })
  .meta({ id: 'KeyRequest', description: 'A key to be made.' });
export type KeyRequest = z.infer<typeof KeyRequest>;

/** A key as it is listed: nothing of it can be used. */
export const ApiKey = z
  .object({
    id: KeyId,
    team: TeamId,
    scopes: z.array(Scope),
    origin: z.enum(['api', 'file']).describe('Made by this interface, or of the keys file.'),
    note: text(200).exactOptional(),
    createdAt: timestamp().exactOptional().describe('Absent for keys of the file.'),
  })
  .meta({ id: 'ApiKey', description: 'An active key, without anything that could be used.' });
export type ApiKey = z.infer<typeof ApiKey>;

/** The answer to whoever made a key: the only time that it is shown. */
export const NewKey = ApiKey.extend({
  key: z.string().describe('The key itself: shown this once, and kept nowhere.'),
}).meta({ id: 'NewKey', description: 'A key that was just made, with the key itself.' });
export type NewKey = z.infer<typeof NewKey>;

/** The answer of `GET /v1/keys`. */
export const KeyList = z
  .object({ keys: z.array(ApiKey) })
  .meta({ id: 'KeyList', description: 'The active keys, as the answering mediator knows them.' });
export type KeyList = z.infer<typeof KeyList>;

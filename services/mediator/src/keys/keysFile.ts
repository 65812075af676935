import { KeyId, Scope, TeamId } from '@widget-mediator/contracts';
import { z } from 'zod';

/** The keys file. A key is `wm_<id>_<secret>`; only the SHA-256 of the whole string is kept. */
export const KeysFile = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        id: KeyId,
        team: TeamId,
        scopes: z.array(Scope).min(1),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(10_000)
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'must have ids of their own'),
});
export type KeysFile = z.infer<typeof KeysFile>;

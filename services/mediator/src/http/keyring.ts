import { createHash, timingSafeEqual } from 'node:crypto';
import { TeamId } from '@widget-mediator/contracts';
import { z } from 'zod';

/** What a key may be used for: publish its team's widgets, vouch for viewers, or operate the mediator. */
export const Scope = z.enum(['publish', 'read', 'operate']);
export type Scope = z.infer<typeof Scope>;

/** The keys file. A key is `wm_<id>_<secret>`; only the SHA-256 of the whole string is kept. */
export const KeysFile = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,64}$/),
        team: TeamId,
        scopes: z.array(Scope).min(1),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(10_000)
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'must have ids of their own'),
});
export type KeysFile = z.infer<typeof KeysFile>;

/** Whoever holds a known key. */
export interface KeyHolder {
  readonly keyId: string;
  readonly team: TeamId;
  readonly scopes: ReadonlySet<Scope>;
}

/** Finds the holder of a presented key, or undefined. */
export type Keyring = (presented: string) => KeyHolder | undefined;

/** A keyring over hashed keys: looked up by the key's public id, compared in constant time. */
export function createKeyring(file: KeysFile): Keyring {
  const entries = new Map(
    file.keys.map((key) => [
      key.id,
      {
        digest: Buffer.from(key.sha256, 'hex'),
        holder: { keyId: key.id, team: key.team, scopes: new Set(key.scopes) } satisfies KeyHolder,
      },
    ]),
  );
  const decoy = Buffer.alloc(32);
  return (presented) => {
    const entry = entries.get(/^wm_([a-z0-9-]{1,64})_/.exec(presented)?.[1] ?? '');
    const digest = createHash('sha256').update(presented).digest();
    return timingSafeEqual(digest, entry?.digest ?? decoy) ? entry?.holder : undefined;
  };
}

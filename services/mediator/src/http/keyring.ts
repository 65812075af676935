import { hash, timingSafeEqual } from 'node:crypto';
import type { Scope, TeamId } from '@widget-mediator/contracts';

/** Whoever holds a known key. */
export interface KeyHolder {
  readonly keyId: string;
  readonly team: TeamId;
  readonly scopes: ReadonlySet<Scope>;
}

/** What a presented key is compared with. */
export interface KnownKey {
  readonly holder: KeyHolder;
  /** SHA-256 of the key. */
  readonly digest: Buffer;
}

/** Finds the holder of a presented key, or undefined. */
export type Keyring = (presented: string) => KeyHolder | undefined;

/** A keyring over hashed keys: looked up by the key's public id, compared in constant time. */
export function createKeyring(find: (keyId: string) => KnownKey | undefined): Keyring {
  const decoy = Buffer.alloc(32);
  return (presented) => {
    const key = find(/^wm_([a-z0-9-]{1,64})_/.exec(presented)?.[1] ?? '');
    const digest = hash('sha256', presented, 'buffer');
    return timingSafeEqual(digest, key?.digest ?? decoy) ? key?.holder : undefined;
  };
}

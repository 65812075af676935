import { createHash, randomBytes } from 'node:crypto';

/** A key that nobody has seen yet, with what is kept of it. */
export interface GeneratedKey {
  /** Public: in lists, in the audit log. */
  readonly id: string;
  /** What its holder presents: `wm_<id>_<secret>`. */
  readonly key: string;
  readonly sha256: string;
}

/** 256 random bits need no slow hash: there is nothing to guess, and every request is checked. */
export function generateKey(): GeneratedKey {
  const id = randomBytes(8).toString('hex');
  const key = `wm_${id}_${randomBytes(32).toString('base64url')}`;
  return { id, key, sha256: createHash('sha256').update(key).digest('hex') };
}

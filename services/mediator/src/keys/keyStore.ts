import { type AuditAction, KeyId, KeyRequest, type Scope } from '@widget-mediator/contracts';
import { z } from 'zod';
import { parseRecord } from '../store/parseRecord.ts';
import type { Author, RecordStore } from '../store/recordStore.ts';
import { StoreUnavailable } from '../store/storeUnavailable.ts';

/** What is kept of a key that operators or its team made: the hash, never the key. */
export const StoredKey = z.object({
  ...KeyRequest.shape,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
});
export type StoredKey = z.infer<typeof StoredKey>;

/** The durable store of keys. Every method throws `StoreUnavailable` when it cannot be reached in time. */
export interface KeyStore {
  /** The active ones, by id. */
  readAll(): Promise<ReadonlyMap<string, StoredKey>>;
  /**
   * Stores a key, unless its team would then have more than {@link activeKeys} of one of the scopes: returns that scope.
   * Two calls at once cannot exceed it together.
   */
  add(id: string, key: StoredKey, terms: AddingTerms): Promise<Scope | undefined>;
  /** False when there was none to revoke. */
  revoke(id: string, by: Author): Promise<boolean>;
}

export interface AddingTerms {
  readonly by: Author;
  /** How many active keys of a scope the team has elsewhere. */
  readonly elsewhere: (scope: Scope) => number;
}

/** Of a team and a scope: the one in use, and the one that takes its place. */
export const activeKeys = 2;

const attempts = 5;

export function createKeyStore(records: RecordStore): KeyStore {
  return {
    readAll,

    async add(id, key, { by, elsewhere }) {
      for (let left = attempts; left > 0; left -= 1) {
        // Read first: whatever is changed after that makes the change fail.
        const since = (await records.newest()) ?? null;
        const ofTeam = [...(await readAll()).values()].filter(({ team }) => team === key.team);
        const active = (scope: Scope) => ofTeam.filter(({ scopes }) => scopes.includes(scope)).length;
        const full = key.scopes.find((scope) => active(scope) + elsewhere(scope) >= activeKeys);
        if (full !== undefined) return full;
        const made = { action: 'created', key, record: null, next: JSON.stringify(key) } as const;
        if (await records.change({ ...changeOf(id, made, by), since })) return undefined;
      }
      throw new StoreUnavailable(new Error('the records kept changing'));
    },

    async revoke(id, by) {
      const record = await records.read('key', id);
      if (record === null) return false;
      const key = parseRecord(StoredKey, record);
      // A record that is there is never changed, only removed: who else removes it has revoked it.
      return records.change(changeOf(id, { action: 'revoked', key, record, next: null }, by));
    },
  };

  async function readAll(): Promise<ReadonlyMap<string, StoredKey>> {
    const found = new Map<string, StoredKey>();
    for (const [id, record] of Object.entries(await records.readAll('key'))) {
      const key = parseRecord(StoredKey, record);
      if (key !== undefined && KeyId.safeParse(id).success) found.set(id, key);
    }
    return found;
  }
}

interface KeyChange {
  readonly action: AuditAction;
  readonly key: StoredKey | undefined;
  /** What is stored now. */
  readonly record: string | null;
  readonly next: string | null;
}

function changeOf(id: string, { action, key, record, next }: KeyChange, by: Author) {
  const owner = key && { owner: key.team };
  const at = new Date(by.atMs).toISOString();
  return {
    entry: { at, team: by.team, key: by.key, action, kind: 'key', subject: id, ...owner },
    expected: record,
    next,
    announce: { kind: 'records', of: 'key' },
  } as const;
}

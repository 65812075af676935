import type { ApiKey, Scope, TeamId } from '@widget-mediator/contracts';
import type { KnownKey } from '../http/keyring.ts';
import type { StoredKey } from './keyStore.ts';
import type { KeysFile } from './keysFile.ts';

/** An active key in memory. */
export interface HeldKey extends KnownKey {
  /** What may be said of it. */
  readonly listed: ApiKey;
}

/** All active keys: those of the keys file, which only a restart changes, and those that were made. */
export interface KeyRegister {
  find(keyId: string): HeldKey | undefined;
  list(): ApiKey[];
  /** How many of the file's keys a team has for a scope. */
  ofFile(team: TeamId, scope: Scope): number;
  /** Takes what the store holds for all that was ever made. */
  replace(stored: ReadonlyMap<string, StoredKey>): void;
  /** One that was just stored here, before the store tells. */
  add(id: string, key: StoredKey): void;
  /** One that was just revoked here. */
  remove(id: string): void;
}

export function createKeyRegister({ keys }: KeysFile): KeyRegister {
  const ofFile = new Map(keys.map((key) => [key.id, held(key, { ...listed(key), origin: 'file' })]));
  let made = new Map<string, HeldKey>();

  return {
    // The file's come first: they are what is left when the store is not to be trusted.
    find: (keyId) => ofFile.get(keyId) ?? made.get(keyId),
    list: () => [...ofFile.values(), ...made.values()].map((key) => key.listed),
    ofFile: (team, scope) =>
      [...ofFile.values()].filter(({ holder }) => holder.team === team && holder.scopes.has(scope)).length,
    replace(stored) {
      made = new Map([...stored].map(([id, key]) => [id, heldMade(id, key)]));
    },
    add: (id, key) => void made.set(id, heldMade(id, key)),
    remove: (id) => void made.delete(id),
  };
}

/** A key that was made, as it is listed. */
export function listedMade(id: string, key: StoredKey): ApiKey {
  const note = key.note !== undefined && { note: key.note };
  return { ...listed({ ...key, id }), origin: 'api', ...note, createdAt: key.createdAt };
}

const heldMade = (id: string, key: StoredKey): HeldKey => held({ ...key, id }, listedMade(id, key));

function held({ sha256, ...key }: KeysFile['keys'][number], listedAs: ApiKey): HeldKey {
  const holder = { keyId: key.id, team: key.team, scopes: new Set(key.scopes) };
  return { holder, digest: Buffer.from(sha256, 'hex'), listed: listedAs };
}

const listed = ({ id, team, scopes }: Pick<KeysFile['keys'][number], 'id' | 'team' | 'scopes'>) => ({
  id,
  team,
  scopes,
});

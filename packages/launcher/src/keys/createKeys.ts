import { createHash, randomBytes } from 'node:crypto';

export type Scope = 'publish' | 'read' | 'operate';

/** The team of whoever tries the demo out and wants to publish a widget of their own. */
export const GUEST_TEAM = 'my-team';

/** What the mediator's KEYS_FILE holds: hashes only. */
export interface KeysFile {
  readonly keys: readonly {
    readonly id: string;
    readonly team: string;
    readonly scopes: readonly Scope[];
    readonly sha256: string;
  }[];
}

/** The keys themselves; they go to children by environment and are written nowhere. */
export interface DemoKeys {
  /** Publish keys by team. */
  readonly teams: ReadonlyMap<string, string>;
  /** May read, and so vouch for viewers. */
  readonly storefront: string;
  /** May operate and read. */
  readonly operator: string;
}

/** A publish key for each team, a read key for the storefront, an operator's key; and the file that admits them. */
export function createKeys(teams: Iterable<string>): { readonly keys: DemoKeys; readonly file: KeysFile } {
  const entries: KeysFile['keys'][number][] = [];
  const issue = (id: string, team: string, scopes: readonly Scope[]): string => {
    const key = `wm_${id}_${randomBytes(32).toString('base64url')}`;
    entries.push({ id, team, scopes, sha256: createHash('sha256').update(key).digest('hex') });
    return key;
  };
  const keys = {
    teams: new Map([...new Set(teams)].map((team) => [team, issue(team, team, ['publish'])])),
    storefront: issue('storefront', 'storefront', ['read']),
    operator: issue('operator', 'platform', ['operate', 'read']),
  };
  return { keys, file: { keys: entries } };
}

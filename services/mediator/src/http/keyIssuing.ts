import type { KeyRequest, NewKey, Scope } from '@widget-mediator/contracts';
import { generateKey } from '../keys/generateKey.ts';
import { type KeyRegister, listedMade } from '../keys/keyRegister.ts';
import type { KeyStore } from '../keys/keyStore.ts';
import type { Author } from '../store/recordStore.ts';
import { HttpProblem } from './httpProblem.ts';

export interface KeyIssuingParts {
  readonly store: KeyStore;
  readonly register: KeyRegister;
}

/** Makes and revokes keys: for operators, and for whoever holds one. */
export interface KeyIssuing {
  /** The new key, or the scope of which the team has as many as it may. */
  make(request: KeyRequest, by: Author): Promise<NewKey | { readonly exhausted: Scope }>;
  /** Throws {@link HttpProblem} when it is no key that can be revoked. */
  revoke(keyId: string, by: Author): Promise<void>;
}

export function createKeyIssuing({ store, register }: KeyIssuingParts): KeyIssuing {
  return {
    async make(request, by) {
      const { id, key, sha256 } = generateKey();
      const stored = { ...request, sha256, createdAt: new Date(by.atMs).toISOString() };
      const elsewhere = (scope: Scope) => register.ofFile(request.team, scope);
      const exhausted = await store.add(id, stored, { by, elsewhere });
      if (exhausted !== undefined) return { exhausted };
      register.add(id, stored);
      return { ...listedMade(id, stored), key };
    },

    async revoke(keyId, by) {
      if (register.find(keyId)?.listed.origin === 'file') throw new HttpProblem('key-of-file');
      const revoked = await store.revoke(keyId, by);
      register.remove(keyId);
      if (!revoked) throw new HttpProblem('no-such-key');
    },
  };
}

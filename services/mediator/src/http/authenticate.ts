import type { Scope } from '@widget-mediator/contracts';
import type { Request } from 'express';
import type { Author } from '../store/recordStore.ts';
import { HttpProblem } from './httpProblem.ts';
import type { KeyHolder, Keyring } from './keyring.ts';

/** The holder of the request's `Authorization: Bearer` key, or undefined when it carries none. Throws on an unknown key. */
export function authenticate(keyring: Keyring, request: Request): KeyHolder | undefined {
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  const [, key] = /^Bearer ([\x21-\x7e]{1,256})$/i.exec(header) ?? [];
  const holder = key === undefined ? undefined : keyring(key);
  if (holder === undefined) throw new HttpProblem('key-unknown');
  return holder;
}

/** The holder of a key with this scope, or any of these. Throws {@link HttpProblem} when there is none. */
export function requireScope(keyring: Keyring, request: Request, scope: Scope | readonly Scope[]): KeyHolder {
  return withScope(authenticate(keyring, request), scope);
}

/** The same holder, if it has the scope, or any of these. Throws {@link HttpProblem} otherwise. */
export function withScope(holder: KeyHolder | undefined, scope: Scope | readonly Scope[]): KeyHolder {
  if (holder === undefined) throw new HttpProblem('key-missing');
  if (![scope].flat().some((one) => holder.scopes.has(one))) throw new HttpProblem('scope-missing');
  return holder;
}

/** Whom the audit log names. */
export const authorOf = ({ team, keyId }: KeyHolder, atMs: number): Author => ({ team, key: keyId, atMs });

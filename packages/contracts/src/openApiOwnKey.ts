import type { Json } from './json.ts';
import { answer, budgetProblems, problems, withKey } from './openApiParts.ts';

const ownKeyProblems = ['key-missing', 'key-unknown', ...budgetProblems] as const;

/** What whoever holds a key may do with it, whatever its scopes. */
export const ownKeyPaths = {
  '/v1/key': {
    get: {
      tags: ['Widgets'],
      summary: 'The key that the request carries',
      operationId: 'getOwnKey',
      security: withKey,
      responses: { '200': answer('Whose it is, and its scopes.', 'ApiKey'), ...problems(...ownKeyProblems) },
    },
    delete: {
      tags: ['Widgets'],
      summary: 'Revoke the key that the request carries',
      operationId: 'revokeOwnKey',
      security: withKey,
      responses: {
        '204': { description: 'It is revoked: within 5 s no mediator takes it.' },
        ...problems(...ownKeyProblems, 'key-of-file', 'store-unavailable'),
      },
    },
  },
  '/v1/key/rotate': {
    post: {
      tags: ['Widgets'],
      summary: 'Make another key of the same team and scopes; the one of the request stays active',
      operationId: 'rotateKey',
      security: withKey,
      responses: {
        '201': answer('The new key, shown this once.', 'NewKey'),
        ...problems(...ownKeyProblems, 'keys-exhausted', 'store-unavailable'),
      },
    },
  },
} satisfies Record<string, Json>;

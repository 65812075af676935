import type { Json } from './json.ts';
import { layoutPaths } from './openApiLayouts.ts';
import {
  answer,
  body,
  bodyProblems,
  budgetProblems,
  keyProblems,
  problems,
  query,
  ref,
  withKey,
} from './openApiParts.ts';
import { takedownPaths } from './openApiTakedowns.ts';

/** What only operators may do. */
export const adminPaths = {
  '/v1/keys': {
    post: {
      tags: ['Operations'],
      summary: 'Make a key for a team',
      operationId: 'makeKey',
      security: withKey,
      requestBody: body('KeyRequest'),
      responses: {
        '201': answer('The new key, shown this once.', 'NewKey'),
        ...problems(
          ...bodyProblems,
          ...keyProblems,
          'keys-exhausted',
          ...budgetProblems,
          'store-unavailable',
        ),
      },
    },
    get: {
      tags: ['Operations'],
      summary: 'The active keys of all teams',
      operationId: 'getKeys',
      security: withKey,
      responses: {
        '200': answer('Without hashes or secrets.', 'KeyList'),
        ...problems(...keyProblems, ...budgetProblems),
      },
    },
  },
  '/v1/keys/{keyId}': {
    parameters: [{ name: 'keyId', in: 'path', required: true, schema: ref('KeyId') }],
    delete: {
      tags: ['Operations'],
      summary: 'Revoke a key: within 5 s no mediator takes it',
      operationId: 'revokeKey',
      security: withKey,
      responses: {
        '204': { description: 'It is revoked.' },
        ...problems(...keyProblems, 'no-such-key', 'key-of-file', ...budgetProblems, 'store-unavailable'),
      },
    },
  },
  '/v1/audit': {
    get: {
      tags: ['Operations'],
      summary: 'Who changed what, and when',
      operationId: 'getAudit',
      security: withKey,
      parameters: [
        query('limit', { type: 'integer', minimum: 1, maximum: 500, default: 100 }, 'How many at most.'),
        query('before', { type: 'string' }, 'Only what is older: the answer before names it.'),
      ],
      responses: {
        '200': answer('Changes, newest first.', 'AuditLog'),
        ...problems('validation-failed', ...keyProblems, ...budgetProblems, 'store-unavailable'),
      },
    },
  },
  ...takedownPaths,
  '/v1/users/{userId}': {
    parameters: [{ name: 'userId', in: 'path', required: true, schema: ref('UserId') }],
    delete: {
      tags: ['Operations'],
      summary: 'Erase a user: all that was published for them, and what mediators remember',
      operationId: 'eraseUser',
      security: withKey,
      responses: {
        '200': answer(
          'It is erased; what is published for this user from now on is kept again.',
          'UserErasure',
        ),
        ...problems('validation-failed', ...keyProblems, ...budgetProblems, 'store-unavailable'),
      },
    },
  },
  ...layoutPaths,
} satisfies Record<string, Json>;

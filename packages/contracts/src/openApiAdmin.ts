import type { Json } from './json.ts';
import { layoutPaths } from './openApiLayouts.ts';
import { answer, budgetProblems, keyProblems, problems, query, ref, withKey } from './openApiParts.ts';
import { takedownPaths } from './openApiTakedowns.ts';

/** What only operators may do. */
export const adminPaths = {
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

import type { Json } from './json.ts';
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
  '/v1/layouts/check': {
    post: {
      tags: ['Operations'],
      summary: 'Check a layout against its rules and what is registered now',
      operationId: 'checkLayout',
      security: withKey,
      requestBody: body('Layout'),
      responses: {
        '200': answer('What is found in it. Nothing is stored.', 'LayoutCheck'),
        ...problems(...bodyProblems, ...keyProblems, ...budgetProblems),
      },
    },
  },
} satisfies Record<string, Json>;

import type { Json } from './json.ts';
import {
  answer,
  body,
  bodyProblems,
  budgetProblems,
  keyProblems,
  problems,
  ref,
  withKey,
} from './openApiParts.ts';

const forOperators = [...keyProblems, ...budgetProblems, 'store-unavailable'] as const;

/** Takedowns. */
export const takedownPaths = {
  '/v1/takedowns': {
    get: {
      tags: ['Operations'],
      summary: 'What is taken down now',
      operationId: 'getTakedowns',
      security: withKey,
      responses: { '200': answer('All of it.', 'TakedownList'), ...problems(...forOperators) },
    },
  },
  '/v1/takedowns/{target}/{id}': {
    parameters: [
      { name: 'target', in: 'path', required: true, schema: ref('TakedownTarget') },
      {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string' },
        description: 'The id of the widget or team; of an item its itemType, a colon and its id: film:42.',
      },
    ],
    put: {
      tags: ['Operations'],
      summary: 'Take an item, a widget or a team off all pages',
      operationId: 'putTakedown',
      security: withKey,
      requestBody: body('TakedownRequest'),
      responses: {
        '200': answer('It was taken down already; reason and end are the new ones.', 'Takedown'),
        '201': answer('It is taken down.', 'Takedown'),
        ...problems(...bodyProblems, ...forOperators),
      },
    },
    get: {
      tags: ['Operations'],
      summary: 'Read a takedown',
      operationId: 'getTakedown',
      security: withKey,
      responses: {
        '200': answer('The takedown.', 'Takedown'),
        ...problems('validation-failed', ...forOperators, 'takedown-unknown'),
      },
    },
    delete: {
      tags: ['Operations'],
      summary: 'Put it back',
      operationId: 'deleteTakedown',
      security: withKey,
      responses: {
        '204': { description: 'It may be on pages again.' },
        ...problems('validation-failed', ...forOperators, 'takedown-unknown'),
      },
    },
  },
} satisfies Record<string, Json>;

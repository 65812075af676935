import type { Json } from './json.ts';
import {
  answer,
  body,
  bodyProblems,
  budgetProblems,
  keyProblems,
  problems,
  withKey,
} from './openApiParts.ts';

const forOperators = [...keyProblems, ...budgetProblems, 'store-unavailable'] as const;
const layoutId: Json = { name: 'layoutId', in: 'path', required: true, schema: { type: 'string' } };
const ifMatch: Json = {
  name: 'If-Match',
  in: 'header',
  schema: { type: 'string' },
  description: 'The ETag of what is to be changed: anything else is left as it is.',
};
const record = (description: string): Record<string, Json> => ({
  description,
  headers: { ETag: { schema: { type: 'string' }, description: 'For If-Match.' } },
  content: { 'application/json': { schema: { $ref: '#/components/schemas/LayoutRecord' } } },
});

/** Layouts. */
export const layoutPaths = {
  '/v1/layouts': {
    get: {
      tags: ['Operations'],
      summary: 'The layouts in use',
      operationId: 'getLayouts',
      security: withKey,
      responses: { '200': answer('One for each device.', 'LayoutList'), ...problems(...forOperators) },
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
  '/v1/layouts/{layoutId}': {
    parameters: [layoutId],
    get: {
      tags: ['Operations'],
      summary: 'Read a layout',
      operationId: 'getLayout',
      security: withKey,
      responses: { '200': record('The layout in use.'), ...problems(...forOperators, 'layout-unknown') },
    },
    put: {
      tags: ['Operations'],
      summary: 'Make pages from this layout, on all mediators',
      operationId: 'putLayout',
      security: withKey,
      parameters: [ifMatch],
      requestBody: body('Layout'),
      responses: {
        '200': record('It is in use; or was already.'),
        '201': record('It is in use, the first by this id that did not come from a file.'),
        ...problems(...bodyProblems, ...forOperators, 'precondition-failed', 'layout-version-reused'),
      },
    },
    delete: {
      tags: ['Operations'],
      summary: "Go back to the file's layout",
      operationId: 'deleteLayout',
      security: withKey,
      parameters: [ifMatch],
      responses: {
        '204': { description: 'The file holds again; without one the layout is gone.' },
        ...problems(...forOperators, 'validation-failed', 'precondition-failed', 'layout-unknown'),
      },
    },
  },
  '/v1/layouts/{layoutId}/versions': {
    parameters: [layoutId],
    get: {
      tags: ['Operations'],
      summary: 'The last versions of a layout',
      operationId: 'getLayoutVersions',
      security: withKey,
      responses: {
        '200': answer('Newest first.', 'LayoutVersions'),
        ...problems(...forOperators, 'layout-unknown'),
      },
    },
  },
  '/v1/layouts/{layoutId}/rollback': {
    parameters: [layoutId],
    post: {
      tags: ['Operations'],
      summary: 'Make pages from an earlier version again',
      operationId: 'rollBackLayout',
      security: withKey,
      parameters: [ifMatch],
      requestBody: body('LayoutRollback'),
      responses: {
        '200': record('It is in use again.'),
        ...problems(...bodyProblems, ...forOperators, 'precondition-failed', 'layout-unknown'),
      },
    },
  },
} satisfies Record<string, Json>;

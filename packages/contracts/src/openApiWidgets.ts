import type { Json } from './json.ts';
import {
  answer,
  bodyProblems,
  budgetProblems,
  json,
  keyProblems,
  problems,
  query,
  ref,
  widgetId,
  widgetProblems,
  withKey,
} from './openApiParts.ts';

const header = (name: string, description: string): Json => ({
  name,
  in: 'header',
  schema: { type: 'string' },
  description,
});

const ifMatch = header('If-Match', 'Only if the registration still has this ETag; * is any.');
const ifNoneMatch = header('If-None-Match', '*: only if there is no registration yet.');

const told = (description: string): Json => ({ schema: { type: 'string' }, description });

const registered = (description: string): Json => ({
  description,
  headers: {
    ETag: told('Of the registration, for If-Match.'),
    Deprecation: told('When the widget, or the version of your manifest, became deprecated (RFC 9745).'),
    Sunset: told('Until when a deprecated widget is served (RFC 8594).'),
    Link: told('What replaces it, as successor-version.'),
  },
  content: json('Registration'),
});

const listQuery: Json = [
  query('limit', { type: 'integer', minimum: 1, maximum: 500, default: 100 }, 'How many at most.'),
  query('after', ref('WidgetId'), 'Only those after this id: the answer before names it.'),
];

const revision: Json = {
  name: 'revision',
  in: 'path',
  required: true,
  schema: { type: 'integer', minimum: 1 },
};

const incarnation = query(
  'incarnation',
  { type: 'string' },
  'Of which registration, as the list says; the last one unless told.',
);

const registerProblems = problems(
  ...bodyProblems,
  'malformed-yaml',
  ...keyProblems,
  'not-your-widget',
  'quota-exceeded',
  'precondition-failed',
  'api-version-unsupported',
  'endpoint-not-allowed',
  ...budgetProblems,
  'store-unavailable',
);

/** What teams register, and what was registered before. */
export const widgetPaths = {
  '/v1/widgets': {
    get: {
      tags: ['Widgets'],
      summary: 'List widgets',
      operationId: 'getWidgets',
      security: withKey,
      parameters: listQuery,
      responses: {
        '200': answer("A team's own; all with an operator's key. As this process knows them.", 'WidgetList'),
        ...problems('validation-failed', ...keyProblems, ...budgetProblems),
      },
    },
  },
  '/v1/widgets/{widgetId}': {
    parameters: [widgetId],
    put: {
      tags: ['Widgets'],
      summary: 'Register a widget, or change its registration',
      operationId: 'putWidget',
      security: withKey,
      parameters: [ifMatch, ifNoneMatch],
      requestBody: {
        required: true,
        content: {
          ...json('AcceptedManifest'),
          'application/yaml': { schema: ref('AcceptedManifest') },
        },
      },
      responses: {
        '200': registered('The registration, changed or as it was; in the version of your manifest.'),
        '201': registered('The new registration.'),
        ...registerProblems,
      },
    },
    get: {
      tags: ['Widgets'],
      summary: 'Read a registration',
      operationId: 'getWidget',
      security: withKey,
      parameters: [header('If-None-Match', 'Answer 304 if it still has this ETag.')],
      responses: {
        '200': registered('The registration.'),
        '304': { description: 'It still has that ETag.' },
        ...problems('malformed-request', ...keyProblems, ...widgetProblems, ...budgetProblems),
      },
    },
    delete: {
      tags: ['Widgets'],
      summary: 'Remove a widget and what was published to it',
      operationId: 'deleteWidget',
      security: withKey,
      parameters: [ifMatch],
      responses: {
        '204': { description: 'It is gone.' },
        ...problems(
          'malformed-request',
          ...keyProblems,
          ...widgetProblems,
          'precondition-failed',
          ...budgetProblems,
        ),
      },
    },
  },
  '/v1/widgets/{widgetId}/versions': {
    parameters: [widgetId],
    get: {
      tags: ['Widgets'],
      summary: 'The revisions of a widget: who made them, and when; and who removed it',
      operationId: 'getWidgetRevisions',
      security: withKey,
      responses: {
        '200': answer(
          'Newest first; after a removal, and another registration by the same team, too.',
          'WidgetRevisions',
        ),
        ...problems(...keyProblems, ...widgetProblems, ...budgetProblems),
      },
    },
  },
  '/v1/widgets/{widgetId}/versions/{revision}': {
    parameters: [widgetId, revision],
    get: {
      tags: ['Widgets'],
      summary: 'One revision, with its manifest: PUT that to restore it',
      operationId: 'getWidgetRevision',
      security: withKey,
      parameters: [incarnation],
      responses: {
        '200': answer('The revision.', 'WidgetRevisionDetail'),
        ...problems(
          'validation-failed',
          ...keyProblems,
          ...widgetProblems,
          'revision-unknown',
          ...budgetProblems,
        ),
      },
    },
  },
  '/schemas/widget/{version}': {
    get: {
      tags: ['Widgets'],
      summary: 'The JSON Schema of the manifest, for editors',
      operationId: 'getManifestSchema',
      parameters: [{ name: 'version', in: 'path', required: true, schema: { enum: ['v2.json', 'v1.json'] } }],
      responses: {
        '200': { description: 'The schema.', content: { 'application/schema+json': { schema: {} } } },
        ...problems('route-unknown'),
      },
    },
  },
} satisfies Record<string, Json>;

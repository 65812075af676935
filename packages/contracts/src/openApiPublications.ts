import type { Json } from './json.ts';
import { limits } from './limits.ts';
import {
  answer,
  body,
  bodyProblems,
  budgetProblems,
  json,
  keyProblems,
  problems,
  query,
  rateLimited,
  ref,
  widgetId,
  widgetProblems,
  withKey,
} from './openApiParts.ts';

const dryRun = query('dryRun', { type: 'boolean', default: false }, 'Answer the same and store nothing.');

const header = (name: string, description: string, maxLength: number): Json => ({
  name,
  in: 'header',
  schema: { type: 'string', maxLength },
  description,
});

const idempotencyKey = header(
  'Idempotency-Key',
  'Of your own making: the same content under the same key is stored once, and answered the same, for 24 hours. Of a stream, each line is known by it and its number.',
  limits.idempotencyKeyCharacters + 2,
);

const eventHeaders = ['specversion', 'id', 'source', 'type'].map((name) =>
  header(`ce-${name}`, 'The publication is a CloudEvent in binary mode.', 1_024),
);

const publicationId: Json = {
  name: 'publicationId',
  in: 'path',
  required: true,
  schema: ref('PublicationId'),
};

const lines = (schema: string): Record<string, Json> => ({ 'application/x-ndjson': { schema: ref(schema) } });

const admissionProblems = [
  ...bodyProblems,
  'malformed-encoding',
  ...keyProblems,
  ...widgetProblems,
  'content-too-old',
  'version-outdated',
  'version-reused',
  'version-withdrawn',
  'idempotency-key-in-use',
  'idempotency-key-reused',
  ...budgetProblems,
  'errors-exceeded',
  'overloaded',
] as const;

const statusProblems = [
  ...keyProblems,
  'not-your-widget',
  'publication-unknown',
  ...budgetProblems,
  'store-unavailable',
] as const;

const bulkAnswer: Json = {
  description: 'One result for each line, in their order, as they come to pass. Read while you send.',
  content: lines('BulkResult'),
};

/** What teams publish, and what they do with what they published. */
export const publicationPaths = {
  '/v1/widgets/{widgetId}/publications': {
    parameters: [widgetId],
    post: {
      tags: ['Widgets'],
      summary: 'Publish: one, or many line by line',
      operationId: 'publish',
      security: withKey,
      parameters: [dryRun, idempotencyKey, ...eventHeaders],
      requestBody: {
        required: true,
        content: {
          ...json('Publication'),
          'application/cloudevents+json': { schema: ref('CloudEvent') },
          ...lines('Publication'),
        },
      },
      responses: {
        '200': {
          ...rateLimited('What would become of it (dry run); or of each line.', 'Receipt'),
          content: { ...json('Receipt'), ...lines('BulkResult') },
        },
        '202': rateLimited(
          'It is durable. With Idempotent-Replayed: true, this is the answer of the first request.',
          'Receipt',
        ),
        ...problems(...admissionProblems),
      },
    },
    delete: {
      tags: ['Widgets'],
      summary: 'Withdraw what is published for an audience',
      operationId: 'withdraw',
      security: withKey,
      parameters: [
        {
          name: 'audience',
          in: 'query',
          required: true,
          schema: { type: 'string' },
          description: 'everyone, segment:its-id or user:their-id.',
        },
      ],
      responses: {
        '200': answer('It is on no page any more, and does not come back.', 'PublicationStatus'),
        ...problems('validation-failed', 'widget-unknown', ...statusProblems),
      },
    },
  },
  '/v1/publications': {
    post: {
      tags: ['Widgets'],
      summary: 'Publish to many widgets, line by line',
      operationId: 'publishMany',
      security: withKey,
      parameters: [dryRun, idempotencyKey],
      requestBody: { required: true, content: lines('BulkLine') },
      responses: {
        '200': bulkAnswer,
        ...problems(
          'malformed-request',
          'malformed-encoding',
          'media-type-unsupported',
          'encoding-unsupported',
          'validation-failed',
          ...keyProblems,
          'too-busy',
          'overloaded',
        ),
      },
    },
  },
  '/v1/publications/{publicationId}': {
    parameters: [publicationId],
    get: {
      tags: ['Widgets'],
      summary: 'What has become of a publication',
      operationId: 'getPublication',
      security: withKey,
      responses: {
        '200': answer(
          "For its team, with a publish key, and for operators. Nobody's users are named.",
          'PublicationStatus',
        ),
        ...problems(...statusProblems),
      },
    },
    delete: {
      tags: ['Widgets'],
      summary: 'Withdraw a publication, if it is the current one',
      operationId: 'withdrawPublication',
      security: withKey,
      responses: {
        '200': answer('It is on no page any more, and does not come back.', 'PublicationStatus'),
        ...problems(...statusProblems, 'publication-superseded'),
      },
    },
  },
  '/v1/publications/{publicationId}/rollback': {
    parameters: [publicationId],
    post: {
      tags: ['Widgets'],
      summary: 'Publish its content once more, under a new version',
      operationId: 'rollBack',
      security: withKey,
      requestBody: body('Rollback'),
      responses: {
        '202': rateLimited('It is durable.', 'Receipt'),
        ...problems(
          ...statusProblems,
          ...bodyProblems,
          'widget-unknown',
          'content-not-kept',
          'content-too-old',
          'version-outdated',
          'version-reused',
          'version-withdrawn',
          'errors-exceeded',
        ),
      },
    },
  },
} satisfies Record<string, Json>;

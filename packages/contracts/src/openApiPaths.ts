import { Device } from './identifiers.ts';
import type { Json } from './json.ts';
import { limits } from './limits.ts';
import { adminPaths } from './openApiAdmin.ts';
import { jobPaths } from './openApiJobs.ts';
import { ownKeyPaths } from './openApiOwnKey.ts';
import {
  answer,
  body,
  bodyProblems,
  keyProblems,
  problems,
  query,
  ref,
  widgetId,
  withKey,
} from './openApiParts.ts';
import { publicationPaths } from './openApiPublications.ts';
import { widgetPaths } from './openApiWidgets.ts';

const homepageQuery: Json = [
  query('user', ref('UserId'), 'The viewer. Needs a read key.'),
  query('session', { type: 'string' }, 'Tells anonymous viewers apart. Needs a read key.'),
  query('device', { enum: Device.options, default: 'web' }, 'What the page is for.'),
  query('locale', ref('Locale'), 'The language of the page; en unless told.'),
  query('segments', { type: 'string' }, 'The segments of the viewer, separated by commas. Needs a read key.'),
  query('maturity', { type: 'integer', minimum: 0, maximum: 21 }, 'Leave out widgets for older viewers.'),
  query(
    'deadlineMs',
    { type: 'integer', minimum: limits.minDeadlineMs, maximum: limits.maxDeadlineMs },
    "Answer within this; never longer than the layout's own deadline.",
  ),
  query('dismissed', { type: 'string' }, 'Ids of items not to be shown, separated by commas.'),
  query(
    'seen',
    { type: 'string' },
    'Items shown before, separated by commas: id, or id:hours for how long ago that was.',
  ),
  query('lastPage', { type: 'string' }, 'What stood where last, separated by commas: placement:widget.'),
  query(
    'cursor',
    { type: 'string', maxLength: limits.cursorCharacters },
    'The nextCursor of the page above: asks for what comes below it.',
  ),
  query(
    'why',
    { type: 'string' },
    "A widget's or an item's id: adds why it is absent. Needs an operator's key.",
  ),
  query('explain', { type: 'boolean' }, "Add the trace. Needs an operator's key."),
];

const homepageAnswers: Record<string, Json> = {
  '200': {
    description:
      'A complete page. Sources that failed are in degraded. Line by line, each placement comes as soon as it is settled; the last line is a tail, or an error.',
    headers: {
      'Server-Timing': {
        schema: { type: 'string' },
        description: 'Stages, in milliseconds; a trailer of a page that comes line by line.',
      },
    },
    content: {
      'application/json': { schema: ref('Page') },
      'application/x-ndjson': { schema: ref('PageLine') },
    },
  },
};

const text = (description: string, type: string): Json => ({
  description,
  content: { [type]: { schema: { type: 'string' } } },
});

/** The paths of the mediator's interface. */
export const openApiPaths: Json = {
  '/v1/homepage': {
    get: {
      tags: ['Homepage'],
      summary: 'Compose a page',
      operationId: 'getHomepage',
      security: [{}, { key: [] }],
      parameters: homepageQuery,
      responses: {
        ...homepageAnswers,
        ...problems('validation-failed', 'cursor-invalid', ...keyProblems, 'overloaded'),
      },
    },
    post: {
      tags: ['Homepage'],
      summary: 'Compose a page, with the context as JSON',
      operationId: 'postHomepage',
      security: [{}, { key: [] }],
      requestBody: body('HomepageRequest'),
      responses: {
        ...homepageAnswers,
        ...problems(...bodyProblems, 'cursor-invalid', ...keyProblems, 'overloaded'),
      },
    },
  },
  ...widgetPaths,
  ...publicationPaths,
  '/v1/sources': {
    get: {
      tags: ['Operations'],
      summary: 'What this process knows of the pull sources that it has asked',
      operationId: 'getSources',
      security: withKey,
      responses: {
        '200': answer("All for operators, a team's own with a publish key.", 'SourceList'),
        ...problems(...keyProblems),
      },
    },
  },
  '/v1/sources/{widgetId}': {
    parameters: [widgetId],
    get: {
      tags: ['Operations'],
      summary: 'What this process knows of one pull source',
      operationId: 'getSource',
      security: withKey,
      responses: {
        '200': answer('Budgets, breaker with its history, latencies, outcomes.', 'SourceStatus'),
        ...problems(...keyProblems, 'source-unknown'),
      },
    },
  },
  ...ownKeyPaths,
  ...adminPaths,
  ...jobPaths,
  '/healthz': {
    get: { tags: ['Operations'], summary: 'The process runs', responses: { '200': { description: 'Yes.' } } },
  },
  '/readyz': {
    get: {
      tags: ['Operations'],
      summary: 'Pages can be made here',
      responses: { '200': { description: 'Yes.' }, '503': { description: 'Not yet, or not any more.' } },
    },
  },
  '/metrics': {
    get: {
      tags: ['Operations'],
      summary: 'Metrics for Prometheus',
      responses: { '200': text('Metrics.', 'text/plain') },
    },
  },
};

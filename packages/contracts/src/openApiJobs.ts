import type { Json } from './json.ts';
import { answer, budgetProblems, keyProblems, problems, query, withKey } from './openApiParts.ts';

/** The paths of what outlives requests, for operators. */
export const jobPaths: Record<string, Json> = {
  '/v1/jobs': {
    get: {
      tags: ['Operations'],
      summary: 'How the jobs stand, and which failed',
      operationId: 'getJobs',
      security: withKey,
      parameters: [
        query('limit', { type: 'integer', minimum: 1, maximum: 500, default: 100 }, 'How many at most.'),
      ],
      responses: {
        '200': answer('Counts, and the failed ones, newest first.', 'JobList'),
        ...problems('validation-failed', ...keyProblems, ...budgetProblems, 'store-unavailable'),
      },
    },
  },
  '/v1/jobs/retry': {
    post: {
      tags: ['Operations'],
      summary: 'Try all failed jobs again',
      operationId: 'retryJobs',
      security: withKey,
      responses: {
        '200': answer('They are in the queue.', 'JobsRetried'),
        ...problems(...keyProblems, ...budgetProblems, 'store-unavailable'),
      },
    },
  },
  '/v1/jobs/{jobId}/retry': {
    parameters: [{ name: 'jobId', in: 'path', required: true, schema: { type: 'string', maxLength: 200 } }],
    post: {
      tags: ['Operations'],
      summary: 'Try a failed job again',
      operationId: 'retryJob',
      security: withKey,
      responses: {
        '200': answer('It is in the queue.', 'JobsRetried'),
        ...problems('job-unknown', 'job-not-failed', ...keyProblems, ...budgetProblems, 'store-unavailable'),
      },
    },
  },
};

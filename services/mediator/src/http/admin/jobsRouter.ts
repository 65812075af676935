import type { JobsRetried } from '@widget-mediator/contracts';
import type { Request, Response, Router } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { IntakeBudget } from '../../intake/intakeBudget.ts';
import type { JobQueue } from '../../jobs/jobQueue.ts';
import { requireScope } from '../authenticate.ts';
import { methodNotAllowed } from '../errorHandler.ts';
import { exactRouter } from '../exactRouter.ts';
import { spendRequest } from '../holdToBudget.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { Keyring } from '../keyring.ts';
import { validated } from '../validated.ts';

export interface JobsRouterParts {
  readonly keyring: Keyring;
  readonly budget: IntakeBudget;
  readonly jobs: Pick<JobQueue, 'failed'>;
  readonly log: Logger;
}

const JobsQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** As BullMQ makes them: numbers, and `repeat:<name>:<time>`. */
const jobId = /^[A-Za-z0-9:_-]{1,200}$/;

/** `GET /v1/jobs`, `POST /v1/jobs/retry` and `POST /v1/jobs/{jobId}/retry`: failed jobs, for operators. */
export function jobsRouter(parts: JobsRouterParts): Router {
  const { keyring, log } = parts;
  const { failed } = parts.jobs;
  const router = exactRouter();
  const mayOperate = spendRequest(parts, 'operate');
  router
    .route('/v1/jobs')
    .get(mayOperate, async (request, response) => {
      const { limit } = validated(JobsQuery, request.query);
      response.setHeader('Cache-Control', 'no-store');
      response.json(await failed.list(limit));
    })
    .all(methodNotAllowed('GET'));
  router
    .route('/v1/jobs/retry')
    .post(mayOperate, async (request, response) => {
      answerRetried(request, response, await failed.retryAll());
    })
    .all(methodNotAllowed('POST'));
  router
    .route('/v1/jobs/:jobId/retry')
    .post(mayOperate, async (request, response) => {
      const { jobId: id } = request.params;
      const outcome = jobId.test(id) ? await failed.retry(id) : 'unknown';
      if (outcome === 'unknown') throw new HttpProblem('job-unknown');
      if (outcome === 'not-failed') throw new HttpProblem('job-not-failed');
      answerRetried(request, response, 1);
    })
    .all(methodNotAllowed('POST'));
  return router;

  function answerRetried(request: Request, response: Response, retried: number): void {
    const { team, keyId } = requireScope(keyring, request, 'operate');
    log.info({ team, key: keyId, retried }, 'failed jobs are tried again');
    const body: JobsRetried = { retried };
    response.json(body);
  }
}

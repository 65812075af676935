import { randomUUID } from 'node:crypto';
import { type Problem, problemTable, problemType } from '@widget-mediator/contracts';
import type { Response } from 'express';
import type { HttpProblem } from './httpProblem.ts';

/** Answers with RFC 9457 problem details and the headers that go with them. Returns the instance for the log. */
export function sendProblem(response: Response, problem: HttpProblem): string {
  const { status, title, action } = problemTable[problem.code];
  const { allow, ...members } = problem.extras;
  const instance = `urn:uuid:${randomUUID()}`;
  const body: Problem = {
    type: problemType(problem.code),
    title,
    status,
    detail: action,
    instance,
    ...members,
  };
  if (allow !== undefined) response.setHeader('Allow', allow);
  if (members.retryAfterSeconds !== undefined)
    response.setHeader('Retry-After', String(members.retryAfterSeconds));
  // What is left of the body is not read: the connection ends with the answer.
  if (status === 413) response.setHeader('Connection', 'close');
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.setHeader('Cache-Control', 'no-store');
  response.status(status).type('application/problem+json').end(JSON.stringify(body));
  return instance;
}

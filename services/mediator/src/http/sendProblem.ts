import { randomUUID } from 'node:crypto';
import { limits, type Problem, problemTable, problemType } from '@widget-mediator/contracts';
import type { Request, Response } from 'express';
import type { HttpProblem } from './httpProblem.ts';

/** Problem details (RFC 9457) of a refusal, under an instance of their own. */
export function problemBody({ code, extras }: HttpProblem): Problem {
  const { status, title, action } = problemTable[code];
  const { allow: _allow, acceptEncoding: _acceptEncoding, ...members } = extras;
  const instance = `urn:uuid:${randomUUID()}`;
  return { type: problemType(code), title, status, detail: action, instance, ...members };
}

/** Answers with RFC 9457 problem details and the headers that go with them. Returns the instance for the log. */
export function sendProblem(response: Response, problem: HttpProblem): string {
  const { allow, acceptEncoding, retryAfterSeconds } = problem.extras;
  const body = problemBody(problem);
  const { status, instance } = body;
  if (allow !== undefined) response.setHeader('Allow', allow);
  if (acceptEncoding !== undefined) response.setHeader('Accept-Encoding', acceptEncoding);
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
  // What is left of the body is not read: the connection ends with the answer.
  if (status === 413 || mayGoOn(response.req)) response.setHeader('Connection', 'close');
  if (status === 401 && !response.hasHeader('WWW-Authenticate'))
    response.setHeader('WWW-Authenticate', 'Bearer');
  response.setHeader('Cache-Control', 'no-store');
  response.status(status).type('application/problem+json').end(JSON.stringify(body));
  return instance;
}

/**
 * A refusal comes before the body, which Node then reads and drops so that the connection can be used again: as long as
 * it is known to be no longer than an honest one.
 */
function mayGoOn(request: Request): boolean {
  if (request.complete) return false;
  const announced = request.headers['content-length'];
  const hasBody = announced !== undefined || request.headers['transfer-encoding'] !== undefined;
  return hasBody && !(Number(announced) <= limits.publicationBytes);
}

import { randomUUID } from 'node:crypto';
import {
  type Problem,
  type ProblemCode,
  type ProblemError,
  problemTable,
  problemType,
} from '@widget-mediator/contracts';
import type { Response } from 'express';

/** The storefront's own refusal beside the contract's: it stands in front of the mediator, so it may find it away. */
const mediatorUnreachable = {
  status: 502,
  title: 'The mediator cannot be reached',
  action: 'Try again in a moment; if it persists, check that the mediator runs.',
};

/** Answers with RFC 9457 problem details. */
export function sendProblem(
  response: Response,
  code: ProblemCode | 'mediator-unreachable',
  errors: readonly ProblemError[] = [],
): void {
  const own = code === 'mediator-unreachable';
  const { status, title, action } = own ? mediatorUnreachable : problemTable[code];
  const problem: Problem = {
    type: own ? 'urn:widget-mediator:problem:mediator-unreachable' : problemType(code),
    title,
    status,
    detail: action,
    instance: `urn:uuid:${randomUUID()}`,
    ...(errors.length > 0 && { errors: [...errors] }),
  };
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .end(JSON.stringify(problem));
}

import type { RequestHandler } from 'express';
import type { LoadWatch } from '../overload/loadWatch.ts';
import { HttpProblem } from './httpProblem.ts';

export interface ShedPublishingParts {
  readonly load: Pick<LoadWatch, 'shedsPublishing'>;
  readonly onShed: () => void;
}

const retryAfterSeconds = 2;

/** Refuses what publishes while pages need all there is: before keys are looked at, and before a byte of the body is read. */
export function shedPublishing({ load, onShed }: ShedPublishingParts): RequestHandler {
  return (_request, _response, next) => {
    if (!load.shedsPublishing()) return next();
    onShed();
    throw new HttpProblem('overloaded', { retryAfterSeconds });
  };
}

import type { RequestHandler } from 'express';
import type { LoadWatch } from '../overload/loadWatch.ts';
import { HttpProblem } from './httpProblem.ts';

export interface ShedPublishingParts {
  readonly load: Pick<LoadWatch, 'shedsPublishing'>;
  readonly onShed: () => void;
}

const retryAfterSeconds = 2;

/**
 * Throws {@link HttpProblem} while pages need all there is. Asked when what publishes comes in, before keys are looked at and
 * before a byte of the body is read, and for each line of a stream: one that has begun may go on for minutes.
 */
export function refuseWhileShed({ load, onShed }: ShedPublishingParts): () => void {
  return () => {
    if (!load.shedsPublishing()) return;
    onShed();
    throw new HttpProblem('overloaded', { retryAfterSeconds });
  };
}

/** The same as a handler. */
export const shedPublishing =
  (refuse: () => void): RequestHandler =>
  (_request, _response, next) => {
    refuse();
    next();
  };

import type { Problem, ProblemCode } from '@widget-mediator/contracts';

/** Members of a problem that only some codes carry. */
export type ProblemExtras = Partial<
  Pick<
    Problem,
    'errors' | 'errorsTruncated' | 'maxBytes' | 'currentVersion' | 'quota' | 'retryAfterSeconds' | 'budget'
  >
> & {
  /** For the header of that name. */
  readonly allow?: string;
  /** The same. */
  readonly acceptEncoding?: string;
};

/** Thrown to refuse a request; the error handler turns it into `application/problem+json`. */
export class HttpProblem extends Error {
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(code);
    this.name = 'HttpProblem';
    this.code = code;
    this.extras = extras;
  }
}

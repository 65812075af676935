import { STATUS_CODES } from 'node:http';
import { type Problem, type ProblemError, validationErrors } from '@widget-mediator/contracts';

type Details = {
  readonly errors?: readonly ProblemError[];
  /** The methods that the resource takes, with 405. */
  readonly allow?: string;
  readonly cause?: unknown;
};

/** Why our own server does not answer with a widget. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly errors: readonly ProblemError[];
  readonly allow: string | undefined;

  constructor(status: number, { errors = [], allow, cause }: Details = {}) {
    super(STATUS_CODES[status] ?? String(status), { cause });
    this.status = status;
    this.errors = errors;
    this.allow = allow;
  }

  /** 422, naming up to 20 of a schema's issues by JSON Pointer (RFC 6901). */
  static ofIssues(issues: Parameters<typeof validationErrors>[0]): Refusal {
    return new Refusal(422, { errors: validationErrors(issues).errors });
  }

  /** Of type about:blank, which has the status's own phrase as its title (RFC 9457, 4.2.1). */
  problem(instance: string): Problem {
    const { status, message, errors } = this;
    return {
      type: 'about:blank',
      title: message,
      status,
      detail: message,
      instance,
      ...(errors.length > 0 && { errors: [...errors] }),
    };
  }
}

import {
  type Problem,
  type ProblemCode,
  type ProblemError,
  problemCodes,
  problemType,
} from '@widget-mediator/contracts';
import { isProblem } from './isProblem.ts';

/** Too many requests, or a mediator (or the proxy before it) that is away for now; all our calls may be repeated. */
const temporaryStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * The mediator refused the call, or something on the way to it did. `code` is from the contract's problem table, or
 * `unrecognised` when the answer is not one of its problems (a proxy's error page, a newer mediator). The message
 * quotes the first fault.
 */
export class PublisherProblem extends Error {
  override readonly name = 'PublisherProblem';
  readonly code: ProblemCode | 'unrecognised';
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The faults of the body, each by JSON Pointer; at most 20. */
  readonly errors: readonly ProblemError[];
  /** With `version-outdated`: publish above this. */
  readonly currentVersion: number | undefined;
  /** The same call may succeed later; the publisher has retried it as long as it was allowed to. */
  readonly temporary: boolean;
  /** With 429: which budget is spent (`rate`, `errors`, `requests` or `bodies`). */
  readonly budget: string | undefined;
  /** How long the mediator asks to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, body: unknown, retryAfterMs?: number) {
    const problem = isProblem(body) ? body : undefined;
    const code = problemCodes.find((each) => problemType(each) === problem?.type) ?? 'unrecognised';
    super(messageOf(status, code, problem));
    this.code = code;
    this.status = status;
    // An attempt of ours that was given up on may still be worked on: its answer is ours.
    this.temporary = temporaryStatuses.has(status) || code === 'idempotency-key-in-use';
    this.errors = problem?.errors?.map(({ pointer, detail }) => ({ pointer, detail })) ?? [];
    this.currentVersion = problem?.currentVersion;
    this.budget = problem?.budget;
    this.retryAfterMs = retryAfterMs ?? secondsToMs(problem?.retryAfterSeconds);
  }
}

function messageOf(status: number, code: string, problem: Problem | undefined): string {
  if (!problem) return `the answer with status ${status} is not one of the mediator's`;
  const [first, ...others] = problem.errors ?? [];
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  const fault = first ? `at ${first.pointer || 'the whole body'}: ${first.detail}${more}` : problem.detail;
  return `${problem.title} (${status} ${code}): ${fault}`;
}

function secondsToMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

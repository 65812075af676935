import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { JsonError } from '../intake/parseJson.ts';
import { StoreUnavailable } from '../store/storeUnavailable.ts';
import { HttpProblem } from './httpProblem.ts';
import { sendProblem } from './sendProblem.ts';

/** The last handler: every error becomes a problem; only our own faults are logged as errors. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error);
    const instance = sendProblem(response, problem);
    if (problem.code === 'internal-error') {
      log.error({ err: error, instance, method: request.method }, 'request failed');
    } else {
      log.debug({ problem: problem.code, instance, method: request.method }, 'request refused');
    }
  };
}

/** Answers what no route took. */
export const routeUnknown: RequestHandler = () => {
  throw new HttpProblem('route-unknown');
};

/** Answers the methods that a known path does not take; `allow` is the Allow header. */
export const methodNotAllowed =
  (allow: string): RequestHandler =>
  () => {
    throw new HttpProblem('method-not-allowed', { allow });
  };

/** The problem that an error is answered with. */
export function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof JsonError) return jsonProblem(error);
  if (error instanceof StoreUnavailable)
    return new HttpProblem('store-unavailable', { retryAfterSeconds: 1 });
  return routerProblem(error) ?? new HttpProblem('internal-error');
}

function jsonProblem({ code, pointer }: JsonError): HttpProblem {
  if (pointer === undefined) return new HttpProblem(code);
  return new HttpProblem(code, { errors: [{ pointer, detail: 'is, or holds, a forbidden key' }] });
}

/** Errors of express's router, such as of a path that cannot be decoded, carry a `status`; their messages may hold input. */
function routerProblem(error: unknown): HttpProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status } = error as Error & { status?: unknown };
  const isTheirs = typeof status === 'number' && status >= 400 && status < 500;
  return isTheirs ? new HttpProblem('malformed-request') : undefined;
}

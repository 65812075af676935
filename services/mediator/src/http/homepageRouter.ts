import { HomepageRequest, limits } from '@widget-mediator/contracts';
import { type RequestHandler, Router } from 'express';
import type { Homepage } from '../homepage/composeHomepage.ts';
import { CursorInvalid } from '../homepage/cursor.ts';
import { isExplained } from '../homepage/explain.ts';
import { validationErrors } from '../intake/validationErrors.ts';
import { authenticate, withScope } from './authenticate.ts';
import { methodNotAllowed } from './errorHandler.ts';
import { homepageQuery } from './homepageQuery.ts';
import { HttpProblem } from './httpProblem.ts';
import type { KeyHolder, Keyring } from './keyring.ts';
import { bodyOfAtMost, readJson } from './readJson.ts';

export interface HomepageRouterParts {
  readonly keyring: Keyring;
  readonly compose: (request: HomepageRequest) => Promise<Homepage>;
  /** What happens once the page is on its way: log, metrics, statistics. */
  readonly afterPage: (page: Homepage) => void;
}

/** `GET` and `POST /v1/homepage`. */
export function homepageRouter({ keyring, compose, afterPage }: HomepageRouterParts): Router {
  const router = Router();
  const answer =
    (readContext: (request: Parameters<RequestHandler>[0]) => unknown): RequestHandler =>
    async (request, response) => {
      const context = permitted(parse(readContext(request)), authenticate(keyring, request));
      const page = await compose(context).catch(refuseCursor);
      response.writeHead(200, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': page.body.length,
        'Cache-Control': cacheControl(context, page),
        Vary: 'Authorization',
        'Server-Timing': `collect;dur=${page.collectMs.toFixed(2)}, compose;dur=${page.composeMs.toFixed(2)}, total;dur=${page.totalMs.toFixed(2)}`,
      });
      response.end(page.body);
      afterPage(page);
    };

  router
    .route('/v1/homepage')
    .get(answer((request) => homepageQuery(queryOf(request.url))))
    .post(bodyOfAtMost(limits.homepageRequestBytes), answer(readJson))
    .all(methodNotAllowed('GET, POST'));
  return router;
}

function parse(value: unknown): HomepageRequest {
  const parsed = HomepageRequest.safeParse(value);
  if (!parsed.success)
    throw new HttpProblem('validation-failed', { ...validationErrors(parsed.error.issues) });
  return parsed.data;
}

function refuseCursor(error: unknown): never {
  throw error instanceof CursorInvalid ? new HttpProblem('cursor-invalid') : error;
}

/** Who the viewer is must be vouched for by a read key; the trace is for operators. */
function permitted(request: HomepageRequest, holder: KeyHolder | undefined): HomepageRequest {
  if (isExplained(request)) withScope(holder, 'operate');
  if (isPersonal(request) && holder?.scopes.has('operate') !== true) withScope(holder, 'read');
  return request;
}

/** Pages for nobody in particular may be shared for a moment, complete ones a little longer. */
function cacheControl(request: HomepageRequest, page: Homepage): string {
  if (isPersonal(request) || isOneViewers(request) || isExplained(request)) return 'private, no-store';
  return page.degraded.length === 0 ? 'public, max-age=10' : 'public, max-age=1';
}

const isPersonal = ({ user, session, segments }: HomepageRequest): boolean =>
  user !== undefined || session !== undefined || segments.length > 0;

/** What needs no key, since it names nobody, and is one viewer's all the same. */
const isOneViewers = ({ dismissed, seen, lastPage, cursor }: HomepageRequest): boolean =>
  dismissed.length + seen.length + lastPage.length > 0 || cursor !== undefined;

const queryOf = (url: string): string => {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
};

import { HomepageRequest, limits } from '@widget-mediator/contracts';
import type { Request, RequestHandler, Response, Router } from 'express';
import type { Logger } from 'pino';
import { ClientGone } from '../delivery/clientGone.ts';
import type { Homepage } from '../homepage/composeHomepage.ts';
import { CursorInvalid } from '../homepage/cursor.ts';
import { isExplained } from '../homepage/explain.ts';
import type { PageCall } from '../homepage/openPage.ts';
import type { PageForm, PageMetrics } from '../observability/pageMetrics.ts';
import type { LastPages } from '../overload/lastPages.ts';
import type { LoadWatch } from '../overload/loadWatch.ts';
import { authenticate, withScope } from './authenticate.ts';
import { departureOf } from './departure.ts';
import { methodNotAllowed } from './errorHandler.ts';
import { exactRouter } from './exactRouter.ts';
import { homepageQuery } from './homepageQuery.ts';
import { HttpProblem } from './httpProblem.ts';
import type { KeyHolder, Keyring } from './keyring.ts';
import { linesType, openPageStream } from './pageStream.ts';
import { bodyOfAtMost, readJson } from './readJson.ts';
import { isPersonal, sendLastPage, sendPage } from './sendPage.ts';
import { validated } from './validated.ts';

export interface HomepageRouterParts {
  readonly keyring: Keyring;
  readonly compose: (call: PageCall) => Promise<Homepage>;
  /** What happens once the page is on its way: log, metrics, statistics. */
  readonly afterPage: (page: Homepage, form: PageForm) => void;
  /** Room for pages, and what is given when there is none. */
  readonly load: Pick<LoadWatch, 'enterPage'>;
  readonly lastPages: LastPages;
  readonly onShed: (what: 'page_cached' | 'page_refused') => void;
  readonly metrics: Pick<PageMetrics, 'opened' | 'unfinished'>;
  readonly log: Logger;
}

/** `GET` and `POST /v1/homepage`. */
export function homepageRouter(parts: HomepageRouterParts): Router {
  const { keyring, compose, afterPage, load, lastPages, metrics, log } = parts;
  const router = exactRouter();
  const answer =
    (readContext: (request: Request) => unknown): RequestHandler =>
    async (request, response) => {
      const context = permitted(
        validated(HomepageRequest, readContext(request)),
        authenticate(keyring, request),
      );
      const takesLines = wantsLines(request);
      // Operators are to see what is the matter.
      const leave = isExplained(context) ? outOfTurn : load.enterPage();
      if (leave === undefined) return shed(response, context, takesLines);
      const stream = takesLines ? openPageStream(response) : undefined;
      const form = stream === undefined ? 'json' : 'stream';
      const close = metrics.opened();
      try {
        const page = await compose({
          request: context,
          cancellation: departureOf(response),
          traceparent: headerOf(request, 'traceparent'),
          ...(stream !== undefined && { emit: stream.emit }),
        });
        if (stream === undefined) {
          sendPage(response, context, page);
          lastPages.keep(context, page);
        } else stream.end(page);
        afterPage(page, form);
      } catch (error) {
        if (error instanceof CursorInvalid) throw new HttpProblem('cursor-invalid');
        metrics.unfinished(error instanceof ClientGone ? 'gone' : 'failed', form);
        if (error instanceof ClientGone) return;
        if (stream?.hasBegun !== true) throw error;
        log.error({ err: error, instance: stream.fail(), method: request.method }, 'a streamed page failed');
      } finally {
        leave();
        close();
      }
    };

  router
    .route('/v1/homepage')
    .get(answer((request) => homepageQuery(queryOf(request.url))))
    .post(bodyOfAtMost(limits.homepageRequestBytes), answer(readJson))
    .all(methodNotAllowed('GET, POST'));
  return router;

  /** There is no room: a page that was made before is better than none. */
  function shed(response: Response, context: HomepageRequest, takesLines: boolean): void {
    const body = takesLines ? undefined : lastPages.find(context);
    parts.onShed(body === undefined ? 'page_refused' : 'page_cached');
    if (body === undefined) throw new HttpProblem('overloaded', { retryAfterSeconds: 1 });
    sendLastPage(response, context, body);
  }
}

const outOfTurn = (): void => {};

/** JSON unless lines are what the client would rather have (RFC 9110, 12.5.1). */
function wantsLines(request: Request): boolean {
  const accept = headerOf(request, 'accept');
  // Most clients never name it, and need no weighing.
  if (accept === undefined || !/ndjson/i.test(accept)) return false;
  return request.accepts(['application/json', linesType]) === linesType;
}

function headerOf({ headers }: Request, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Who the viewer is must be vouched for by a read key; the trace is for operators. */
function permitted(request: HomepageRequest, holder: KeyHolder | undefined): HomepageRequest {
  if (isExplained(request)) withScope(holder, 'operate');
  if (isPersonal(request) && holder?.scopes.has('operate') !== true) withScope(holder, 'read');
  return request;
}

const queryOf = (url: string): string => {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
};

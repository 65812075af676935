import type { ServerResponse } from 'node:http';
import type { HomepageRequest } from '@widget-mediator/contracts';
import type { Homepage, PageTimings } from '../homepage/composeHomepage.ts';
import { isExplained } from '../homepage/explain.ts';

/** What a page depends on besides its URL. */
export const pageVary = 'Authorization, Accept';

/** Answers with a page as one JSON value. */
export function sendPage(response: ServerResponse, request: HomepageRequest, page: Homepage): void {
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': page.body.length,
    'Cache-Control': cacheControl(request, page),
    Vary: pageVary,
    'Server-Timing': serverTiming(page.timingsMs),
  });
  response.end(page.body);
}

/** Answers with a page that was made for others. */
export function sendLastPage(response: ServerResponse, request: HomepageRequest, body: Buffer): void {
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': isPersonal(request) ? 'private, no-store' : 'public, max-age=1',
    Vary: pageVary,
  });
  response.end(body);
}

/** The stages of a page as Server-Timing metrics (W3C Server Timing), in milliseconds. */
export function serverTiming({ collect, rank, compose, write, total }: PageTimings): string {
  const ranked = rank === undefined ? '' : `rank;dur=${rank.toFixed(2)}, `;
  return (
    `collect;dur=${collect.toFixed(2)}, ${ranked}compose;dur=${compose.toFixed(2)}, ` +
    `write;dur=${write.toFixed(2)}, total;dur=${total.toFixed(2)}`
  );
}

/**
 * Pages for nobody in particular may be shared for a moment, complete ones a little longer. No longer than this: what is taken
 * down is to be on no page after five seconds, also where that was not announced (store/recordWatch.ts).
 */
function cacheControl(request: HomepageRequest, page: Homepage): string {
  if (isPersonal(request) || isOneViewers(request) || isExplained(request)) return 'private, no-store';
  return page.degraded.length === 0 ? 'public, max-age=2' : 'public, max-age=1';
}

/** Who the viewer is must be vouched for. */
export const isPersonal = ({ user, session, segments }: HomepageRequest): boolean =>
  user !== undefined || session !== undefined || segments.length > 0;

/** What needs no key, since it names nobody, and is one viewer's all the same. */
const isOneViewers = ({ dismissed, seen, lastPage, cursor }: HomepageRequest): boolean =>
  dismissed.length + seen.length + lastPage.length > 0 || cursor !== undefined;

import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { parseHomepageQuery } from './homepageQuery.ts';
import type { Mediator, MediatorAnswer, PageRequest } from './mediator.ts';
import { sendProblem } from './sendProblem.ts';
import type { Viewer } from './viewers.ts';

type Deps = {
  readonly mediator: Mediator;
  readonly viewers: ReadonlyMap<string, Viewer>;
  readonly log: Logger;
};

/** What the page needs of the mediator's headers; the rest (cookies, connection, its server) is nobody's business. */
const PASSED_ON = ['content-type', 'server-timing', 'retry-after'] as const;

/** GET /api/homepage: asks the mediator on the browser's behalf, because only the server holds keys. */
export function createHomepageRoute({ mediator, viewers, log }: Deps): RequestHandler {
  return async (request, response) => {
    const asked = parseHomepageQuery(request.query, viewers);
    if (!isPageRequest(asked)) return sendProblem(response, 'validation-failed', asked);
    const startedAt = performance.now();
    const facts = { explain: asked.explain, device: asked.device };
    try {
      const answer = await mediator.fetchPage(asked, untilGone(response));
      const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
      passOn(response, answer, durationMs);
      log.info({ ...facts, status: answer.status, durationMs }, 'homepage');
    } catch (cause) {
      if (response.closed || response.destroyed) return;
      log.warn(
        { ...facts, cause: cause instanceof Error ? cause.message : 'unknown' },
        'mediator unreachable',
      );
      sendProblem(response, 'mediator-unreachable');
    }
  };
}

/** Aborts once the browser hangs up: nobody waits for the page any more. */
function untilGone(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

function passOn(response: Response, { status, headers, body }: MediatorAnswer, durationMs: number): void {
  for (const name of PASSED_ON) {
    const value = headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
  response.append('Server-Timing', `roundtrip;dur=${durationMs};desc="storefront to mediator and back"`);
  response.status(status).set('Cache-Control', 'no-store').end(body);
}

const isPageRequest = (asked: ReturnType<typeof parseHomepageQuery>): asked is PageRequest =>
  !Array.isArray(asked);

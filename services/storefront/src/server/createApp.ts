import { join } from 'node:path';
import { verdictTable } from '@widget-mediator/contracts';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { createHomepageRoute } from './homepageRoute.ts';
import type { Mediator } from './mediator.ts';
import { securityHeaders } from './securityHeaders.ts';
import { sendProblem } from './sendProblem.ts';
import type { Viewer } from './viewers.ts';

type Deps = {
  readonly mediator: Mediator;
  readonly viewers: readonly Viewer[];
  /** The folder with the built browser bundle. */
  readonly webRoot: string;
  readonly log: Logger;
};

export function createApp({ mediator, viewers, webRoot, log }: Deps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders);

  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/api/personas', (_request, response) => {
    response.set('Cache-Control', 'no-cache').json({ personas: viewers });
  });
  // Sent rather than bundled: importing the table in the browser would bring the whole of zod with it.
  app.get('/api/verdicts', (_request, response) => {
    response.set('Cache-Control', 'no-cache').json({ verdicts: verdictTable });
  });
  const byId = new Map(viewers.map((viewer) => [viewer.id, viewer]));
  app.get('/api/homepage', createHomepageRoute({ mediator, viewers: byId, log }));

  // Names under assets/ hold a hash of their content, so a new build has new names.
  app.use(
    '/assets',
    express.static(join(webRoot, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  app.use(express.static(webRoot, { cacheControl: false, setHeaders: revalidate }));
  app.use((_request, response) => sendProblem(response, 'route-unknown'));
  app.use(onError(log));
  return app;
}

function revalidate(response: { setHeader: (name: string, value: string) => unknown }): void {
  response.setHeader('Cache-Control', 'no-cache');
}

/** Express knows an error handler by its four parameters. */
function onError(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    log.error({ err: error }, 'request failed');
    if (response.headersSent) return next(error);
    sendProblem(response, 'internal-error');
  };
}

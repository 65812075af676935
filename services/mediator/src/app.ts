import express, { type Express, type Router } from 'express';
import type { Logger } from 'pino';
import { errorHandler, routeUnknown } from './http/errorHandler.ts';

/** The Express app: the page's router first, since nothing of the others is any of its business. */
export function createApp(routers: readonly Router[], log: Logger): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  for (const router of routers) app.use(router);
  app.use(routeUnknown);
  app.use(errorHandler(log));
  return app;
}

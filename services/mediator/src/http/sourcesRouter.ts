import type { SourceList, SourceStatus } from '@widget-mediator/contracts';
import type { Request, Router } from 'express';
import { authenticate } from './authenticate.ts';
import { methodNotAllowed } from './errorHandler.ts';
import { exactRouter } from './exactRouter.ts';
import { HttpProblem } from './httpProblem.ts';
import type { Keyring } from './keyring.ts';

export interface SourcesRouterParts {
  readonly keyring: Keyring;
  /** Of the sources that this process has asked, by widget. */
  readonly statuses: () => SourceStatus[];
}

/**
 * `GET /v1/sources` and `/v1/sources/{widgetId}`: what this process knows of the sources it asks. Operators see all, a team
 * with a publish key its own.
 */
export function sourcesRouter({ keyring, statuses }: SourcesRouterParts): Router {
  const router = exactRouter();
  router
    .route('/v1/sources')
    .get((request, response) => {
      const list: SourceList = { sources: statuses().filter(isSeenBy(request)) };
      response.setHeader('Cache-Control', 'no-store');
      response.json(list);
    })
    .all(methodNotAllowed('GET'));
  router
    .route('/v1/sources/:widgetId')
    .get((request, response) => {
      const seen = statuses().filter(isSeenBy(request));
      const status = seen.find(({ widget }) => widget === request.params.widgetId);
      if (status === undefined) throw new HttpProblem('source-unknown');
      response.setHeader('Cache-Control', 'no-store');
      response.json(status);
    })
    .all(methodNotAllowed('GET'));
  return router;

  function isSeenBy(request: Request): (status: SourceStatus) => boolean {
    const holder = authenticate(keyring, request);
    if (holder === undefined) throw new HttpProblem('key-missing');
    if (holder.scopes.has('operate')) return () => true;
    if (holder.scopes.has('publish')) return ({ team }) => team === holder.team;
    throw new HttpProblem('scope-missing');
  }
}

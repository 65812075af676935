import type { Router } from 'express';
import type { Registry } from 'prom-client';
import { exactRouter } from './exactRouter.ts';

export interface OperationsRouterParts {
  readonly metrics: Registry;
  /** Whether pages can be made here: memory has been equal to the store, and the process is not going away. */
  readonly isReady: () => boolean;
}

/** `/healthz` (the process runs), `/readyz` (send it pages) and `/metrics` (Prometheus text format). */
export function operationsRouter({ metrics, isReady }: OperationsRouterParts): Router {
  const router = exactRouter();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', (_request, response) => {
    const ready = isReady();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready' });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
}

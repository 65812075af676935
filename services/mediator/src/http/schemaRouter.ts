import { manifestSchema, manifestVersions } from '@widget-mediator/contracts';
import type { Router } from 'express';
import { methodNotAllowed } from './errorHandler.ts';
import { exactRouter } from './exactRouter.ts';

/** `GET /schemas/widget/v2.json`, and of each accepted version: the JSON Schema of `widget.yaml`, for editors. No key is asked for. */
export function schemaRouter(): Router {
  const router = exactRouter();
  for (const version of manifestVersions) {
    const schema = JSON.stringify(manifestSchema(version));
    router
      .route(`/schemas/widget/${version.replace('widget-mediator/', '')}.json`)
      .get((_request, response) => {
        response.setHeader('Cache-Control', 'public, max-age=3600');
        response.type('application/schema+json').send(schema);
      })
      .all(methodNotAllowed('GET'));
  }
  return router;
}

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { openApi } from '@widget-mediator/contracts';
import express, { type Router } from 'express';
import { exactRouter } from './exactRouter.ts';

/** `/openapi.json`, and `/docs`: Swagger UI from this process, nothing from elsewhere. */
export function docsRouter(): Router {
  const router = exactRouter();
  const document = JSON.stringify(openApi());
  router.get('/', (_request, response) => response.redirect('/docs/'));
  router.get('/openapi.json', (_request, response) => {
    response.type('application/json').send(document);
  });
  router.use('/docs', (_request, response, next) => {
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
    );
    response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  });
  router.get('/docs/swagger-initializer.js', (_request, response) => {
    response.type('text/javascript').send(initializer);
  });
  router.use('/docs', express.static(swaggerUi(), { maxAge: '1h' }));
  return router;
}

/** Swagger UI's own initializer opens a demo from the web; this one opens our document. */
const initializer = `window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  plugins: [SwaggerUIBundle.plugins.DownloadUrl],
  layout: 'StandaloneLayout',
});`;

const swaggerUi = (): string =>
  dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** Who may ask: without a key, with one nobody made, of the team that owns what is asked for, of another, for reading, for operating. */
export const roles = ['nobody', 'unknown', 'owner', 'other', 'reader', 'operator'] as const;
export type Role = (typeof roles)[number];

/** A request's name, and its status for each role in their order. The name begins with the route, as OpenAPI has it. */
type Row = readonly [string, number, number, number, number, number, number];

/** Every route of the interface, and who may use it. A request that is not refused for its key's sake is a good one. */
export const roleTable: readonly Row[] = [
  ['GET /v1/homepage', 200, 401, 200, 200, 200, 200],
  ['GET /v1/homepage of a viewer', 401, 401, 403, 403, 200, 200],
  ['GET /v1/homepage explained', 401, 401, 403, 403, 403, 200],
  ['POST /v1/homepage', 200, 401, 200, 200, 200, 200],
  ['POST /v1/homepage of a viewer', 401, 401, 403, 403, 200, 200],

  ['GET /v1/widgets', 401, 401, 200, 200, 403, 200],
  ['GET /v1/widgets/{widgetId}', 401, 401, 200, 403, 403, 403],
  ['PUT /v1/widgets/{widgetId}', 401, 401, 200, 403, 403, 403],
  ['DELETE /v1/widgets/{widgetId}', 401, 401, 204, 403, 403, 403],
  ['GET /v1/widgets/{widgetId}/versions', 401, 401, 200, 403, 403, 200],
  ['GET /v1/widgets/{widgetId}/versions/{revision}', 401, 401, 200, 403, 403, 200],
  ['POST /v1/widgets/{widgetId}/publications', 401, 401, 202, 403, 403, 403],
  ['POST /v1/widgets/{widgetId}/publications as a dry run', 401, 401, 200, 403, 403, 403],
  ['DELETE /v1/widgets/{widgetId}/publications', 401, 401, 200, 403, 403, 403],
  // A team that publishes to another's widget is refused line by line.
  ['POST /v1/publications', 401, 401, 200, 200, 403, 403],
  ['GET /v1/publications/{publicationId}', 401, 401, 200, 403, 403, 200],
  ['DELETE /v1/publications/{publicationId}', 401, 401, 200, 403, 403, 403],
  ['POST /v1/publications/{publicationId}/rollback', 401, 401, 202, 403, 403, 403],
  // Teams are not told of each other's sources.
  ['GET /v1/sources', 401, 401, 200, 200, 403, 200],
  ['GET /v1/sources/{widgetId}', 401, 401, 200, 404, 403, 200],

  // Whoever holds a key may, with this key.
  ['GET /v1/key', 401, 401, 200, 200, 200, 200],
  ['POST /v1/key/rotate', 401, 401, 201, 201, 201, 201],
  ['DELETE /v1/key', 401, 401, 204, 204, 204, 204],

  ['POST /v1/keys', 401, 401, 403, 403, 403, 201],
  ['GET /v1/keys', 401, 401, 403, 403, 403, 200],
  ['DELETE /v1/keys/{keyId}', 401, 401, 403, 403, 403, 204],
  ['GET /v1/audit', 401, 401, 403, 403, 403, 200],
  ['GET /v1/takedowns', 401, 401, 403, 403, 403, 200],
  ['PUT /v1/takedowns/{target}/{id}', 401, 401, 403, 403, 403, 200],
  ['GET /v1/takedowns/{target}/{id}', 401, 401, 403, 403, 403, 200],
  ['DELETE /v1/takedowns/{target}/{id}', 401, 401, 403, 403, 403, 204],
  ['DELETE /v1/users/{userId}', 401, 401, 403, 403, 403, 200],
  ['GET /v1/layouts', 401, 401, 403, 403, 403, 200],
  ['GET /v1/layouts/{layoutId}', 401, 401, 403, 403, 403, 200],
  ['PUT /v1/layouts/{layoutId}', 401, 401, 403, 403, 403, 200],
  ['DELETE /v1/layouts/{layoutId}', 401, 401, 403, 403, 403, 204],
  ['GET /v1/layouts/{layoutId}/versions', 401, 401, 403, 403, 403, 200],
  ['POST /v1/layouts/{layoutId}/rollback', 401, 401, 403, 403, 403, 200],
  ['POST /v1/layouts/check', 401, 401, 403, 403, 403, 200],
  ['GET /v1/jobs', 401, 401, 403, 403, 403, 200],
  ['POST /v1/jobs/retry', 401, 401, 403, 403, 403, 200],
  // None has failed.
  ['POST /v1/jobs/{jobId}/retry', 401, 401, 403, 403, 403, 404],

  ['GET /admin/queues', 401, 401, 403, 403, 403, 200],

  // No key is looked at: a proxy keeps /metrics inside.
  ['GET /schemas/widget/{version}', 200, 200, 200, 200, 200, 200],
  ['GET /healthz', 200, 200, 200, 200, 200, 200],
  ['GET /readyz', 200, 200, 200, 200, 200, 200],
  ['GET /metrics', 200, 200, 200, 200, 200, 200],
];

/** For people, and so not in OpenAPI. */
export const besideOpenApi = ['GET /admin/queues'] as const;

/** The route of a row. */
export const routeOf = (name: string): string => name.split(' ').slice(0, 2).join(' ');

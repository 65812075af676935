import { manifest, publication } from '../support/widgets.ts';
import { type Ask, type RoleWorld, setLayout } from './roleWorld.ts';

/** A good request for each row of the table that needs more than its method and path. */
export const goodRequests: Readonly<Record<string, (world: RoleWorld) => Partial<Ask>>> = {
  'GET /v1/homepage of a viewer': () => ({ path: '/v1/homepage?user=u1' }),
  'GET /v1/homepage explained': () => ({ path: '/v1/homepage?explain=true' }),
  'POST /v1/homepage': () => ({ body: {} }),
  'POST /v1/homepage of a viewer': () => ({ body: { user: 'u1' } }),
  'PUT /v1/widgets/{widgetId}': () => ({ body: manifest('things') }),
  'POST /v1/widgets/{widgetId}/publications': (world) => ({ body: next(world) }),
  'POST /v1/widgets/{widgetId}/publications as a dry run': (world) => ({
    path: '/v1/widgets/things/publications?dryRun=true',
    body: next(world),
  }),
  'DELETE /v1/widgets/{widgetId}/publications': () => ({
    path: '/v1/widgets/things/publications?audience=everyone',
  }),
  'POST /v1/publications': (world) => ({
    body: `${JSON.stringify({ widget: 'things', ...next(world) })}\n`,
    mediaType: 'application/x-ndjson',
  }),
  'POST /v1/publications/{publicationId}/rollback': (world) => ({ body: { version: world.nextVersion() } }),
  'GET /v1/sources/{widgetId}': () => ({ path: '/v1/sources/pulled' }),
  'POST /v1/keys': () => ({ body: { team: 'gamma', scopes: ['publish'] } }),
  'PUT /v1/takedowns/{target}/{id}': () => ({ body: { reason: 'a test' } }),
  'PUT /v1/layouts/{layoutId}': () => ({ body: setLayout }),
  'POST /v1/layouts/{layoutId}/rollback': ({ layoutRevision }) => ({ body: { revision: layoutRevision } }),
  'POST /v1/layouts/check': () => ({ body: setLayout }),
};

const next = (world: RoleWorld) => publication(world.nextVersion(), ['d', 'e', 'f']);

/** The request of a row, its path's parameters filled in. */
export function goodRequest(name: string, world: RoleWorld): Ask {
  const [method = '', path = ''] = name.split(' ');
  const filled = path
    .replace('{widgetId}', 'things')
    .replace('{revision}', '1')
    .replace('{version}', 'v2.json')
    .replace('{publicationId}', world.publicationId)
    .replace('{layoutId}', setLayout.id)
    .replace('{userId}', 'u1')
    .replace('{keyId}', world.madeKeyId)
    .replace('{jobId}', 'none')
    .replace('{target}/{id}', 'widget/elsewhere');
  return { method, path: filled, ...goodRequests[name]?.(world) };
}

import type { CurrentManifestInput, PublicationInput, WidgetManifestInput } from '@widget-mediator/contracts';
import type { MediatorUnderTest } from './mediatorUnderTest.ts';
import { until } from './until.ts';

type Spec = Partial<CurrentManifestInput['spec']>;

/** A manifest of a push widget of team alpha, with changes to its spec. */
export function manifest(id: string, spec: Spec = {}, owner = 'alpha'): CurrentManifestInput {
  return {
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id, owner, title: `Widget ${id}` },
    spec: {
      itemType: 'film',
      delivery: { mode: 'push' },
      minItems: 2,
      maxItems: 3,
      placements: ['hero', 'row'],
      ...spec,
    },
  };
}

/** A manifest of a pull widget that is asked at `endpoint`. */
export const pullManifest = (
  id: string,
  endpoint: string,
  spec: Spec = {},
  owner = 'alpha',
): CurrentManifestInput =>
  manifest(id, { delivery: { mode: 'pull', endpoint, ttlMs: 0, staleForMs: 60_000 }, ...spec }, owner);

/** A publication of these items. */
export const publication = (
  version: number,
  ids: readonly string[],
  changes: Partial<PublicationInput> = {},
): PublicationInput => ({ version, items: ids.map((id) => ({ id, title: `Film ${id}` })), ...changes });

/** Registers a widget and waits until pages can know it. */
export async function register(
  under: MediatorUnderTest,
  body: WidgetManifestInput,
  key = under.keys.alpha as string,
) {
  const { id } = body.metadata;
  const answer = await under.http.put(`/v1/widgets/${id}`).set('Authorization', `Bearer ${key}`).send(body);
  if (answer.status >= 300) throw new Error(`registering ${id}: ${answer.text}`);
  await until(`${id} is known to pages`, async () => (await explained(under)).text.includes(`"${id}"`));
}

/** Publishes, and waits until the page holds what `seen` looks for. */
export async function publish(
  under: MediatorUnderTest,
  widget: string,
  body: PublicationInput,
  key = under.keys.alpha as string,
) {
  return under.http
    .post(`/v1/widgets/${widget}/publications`)
    .set('Authorization', `Bearer ${key}`)
    .send(body);
}

/** The page with its trace, for an anonymous viewer unless told otherwise. */
export const explained = (under: MediatorUnderTest, query = '') =>
  under.http.get(`/v1/homepage?explain=true${query}`).set('Authorization', `Bearer ${under.keys.operator}`);

import { Page, type PublicationInput, type WidgetManifestInput } from '@widget-mediator/contracts';
import type { House } from './house.ts';

const json = { 'content-type': 'application/json' };
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** A page with its trace, as an operator asks for it. */
export async function explained(house: House, query: string): Promise<Page> {
  const answer = await fetch(`${house.mediatorUrl}/v1/homepage?explain=true&${query}`, {
    headers: bearer(house.keys.operator),
  });
  expect(answer.status).toBe(200);
  return Page.parse(await answer.json());
}

/** A push widget of the house's guest team. */
export const guestManifest = (house: House, id: string): WidgetManifestInput => ({
  apiVersion: 'widget-mediator/v2',
  kind: 'Widget',
  metadata: { id, owner: house.keys.publish.team, title: `Widget ${id}` },
  spec: { itemType: 'film', delivery: { mode: 'push' }, placements: ['row'] },
});

export function register(house: House, manifest: WidgetManifestInput): Promise<Response> {
  return fetch(`${house.mediatorUrl}/v1/widgets/${manifest.metadata.id}`, {
    method: 'PUT',
    headers: { ...json, ...bearer(house.keys.publish.key) },
    body: JSON.stringify(manifest),
  });
}

/** A version whose number of items tells it apart from others. */
export const publicationOf = (version: number, items: number): PublicationInput => ({
  version,
  items: Array.from({ length: items }, (_, index) => ({
    id: `guest-${version}-${index}`,
    title: `Film ${index}`,
  })),
});

export function publish(house: House, widget: string, publication: PublicationInput): Promise<Response> {
  return fetch(`${house.mediatorUrl}/v1/widgets/${widget}/publications`, {
    method: 'POST',
    headers: { ...json, ...bearer(house.keys.publish.key) },
    body: JSON.stringify(publication),
  });
}

export function unregister(house: House, widget: string): Promise<Response> {
  return fetch(`${house.mediatorUrl}/v1/widgets/${widget}`, {
    method: 'DELETE',
    headers: bearer(house.keys.publish.key),
  });
}

import { honest, withText } from '../honestDocuments.ts';
import { type HostileBody, hostile, marker } from '../hostileBody.ts';

/** Of names that stand twice the last wins, as in JSON.parse: here that is the wrong one. */
const last = [
  ['/version', '"version":0'],
  ['/title', `"title":["${marker}"]`],
  ['/audience', '"audience":{"type":"nobody"}'],
  ['/items', `"items":"${marker}"`],
  ['/items/0', `"items":[{"${marker}":1}]`],
  ['/expiresAt', `"expiresAt":"${marker}"`],
] as const;

const lastOfItem = [
  ['/items/0/id', '"id":null'],
  ['/items/0/title', '"title":""'],
  ['/items/0/url', `"url":"javascript:${marker}"`],
  ['/items/0/attributes', `"attributes":["${marker}"]`],
  ['/items/0/attributes/genre', `"attributes":{"genre":"a","genre":["${marker}"]}`],
] as const;

export function duplicateKeys(): HostileBody[] {
  const twice = (at: string, body: string) =>
    hostile('validation-failed', body, { name: `a second value at ${at}`, at });
  return [
    ...last.map(([at, member]) => twice(at, honest('publication').replace(/}$/, `,${member}}`))),
    ...lastOfItem.map(([at, member]) =>
      twice(
        at,
        withText('publication', '/items', `[{"id":"${marker}","title":"A","url":"https://a.org",${member}}]`),
      ),
    ),
  ];
}

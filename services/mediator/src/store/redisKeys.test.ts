import type { Audience } from '@widget-mediator/contracts';
import { contentPlace } from './contentPlace.ts';
import { publicationId, readPublicationId } from './publicationId.ts';
import { createRedisKeys } from './redisKeys.ts';

const keys = createRedisKeys('wm');
const widget = 'my-picks@1a2b3c4d';
const audiences: readonly Audience[] = [
  { type: 'everyone' },
  { type: 'segment', segment: 'fans' },
  { type: 'user', user: 'u1{}:\u{1f600}' },
];

/** What Redis Cluster finds a key's slot by. */
const tagOf = (key: string): string => /\{([^}]+)\}/.exec(key)?.[1] ?? key;

test.each(audiences)('what one script touches for %j shares a hash tag', (audience) => {
  const place = contentPlace(widget, audience);
  const touched = [keys.content(place.owner), keys.stamps(place.owner), keys.kept(place)];
  expect(new Set(touched.map(tagOf)).size).toBe(1);
});

test("what a team has undertaken shares a hash tag, and is no other team's", () => {
  const [records, ends] = keys.undertakings('alpha');
  expect(tagOf(records)).toBe(tagOf(ends));
  expect(keys.undertakings('beta')).not.toContain(records);
});

test.each(audiences)('the id of a publication for %j leads back to its place', (audience) => {
  const named = { widget, version: 42, place: contentPlace(widget, audience) };
  expect(readPublicationId(publicationId(named))).toEqual(named);
});

test.each([
  '',
  'x',
  'bXktcGlja3M',
  Buffer.from(`${widget} everyone 0`).toString('base64url'),
  `${widget} everyone 1`,
])('%j is no id of a publication', (id) => {
  expect(readPublicationId(id)).toBeUndefined();
});

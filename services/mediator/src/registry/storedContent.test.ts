import { Registration, type WidgetManifestInput } from '@widget-mediator/contracts';
import { admitPublication } from '../intake/admitPublication.ts';
import { createContent } from '../intake/content.ts';
import { stampOf } from '../store/stamp.ts';
import { type StoredPublication, storable } from '../store/storedPublication.ts';
import { audienceKey, createContentMemory } from './contentMemory.ts';
import { storedContent } from './storedContent.ts';

const manifest: WidgetManifestInput = {
  apiVersion: 'widget-mediator/v1',
  kind: 'Widget',
  metadata: { id: 'w', owner: 't', title: 'The widget' },
  spec: { itemType: 'film', delivery: { mode: 'push' }, minItems: 1, placements: ['row'] },
};
const registration = Registration.parse({
  revision: 1,
  incarnation: 'a',
  updatedAt: '2026-01-01T00:00:00Z',
  manifest,
});
const everything = {
  id: 'a',
  title: 'Ä "title" \\ with all',
  url: 'https://example.org/a?b=c',
  image: 'https://example.org/a.png',
  parent: 'p',
  creator: 'c',
  brand: 'b',
  sponsored: true,
  attributes: { year: 2010, genre: 'Drama', isNew: false },
};

/** What memory would put back of a publication that was admitted. */
function putBack(body: object): { admitted: StoredPublication; again: StoredPublication } {
  const intake = admitPublication(registration.manifest, body, 15_000);
  if (!intake.ok) throw new Error(JSON.stringify(intake.problem));
  const { publication } = intake;
  const { record, ...stamped } = storable(publication.version, intake.json(), 15_000);
  const admitted = { publication, digest: stamped.digest, admittedAtMs: 15_000 };
  const memory = createContentMemory();
  memory.put(registration, publication.audience, { stamp: stampOf(stamped), record });
  const held = memory.held('w').get(audienceKey(publication.audience));
  const content = held?.content();
  if (held === undefined || content === undefined) throw new Error('nothing is held');
  return { admitted, again: storedContent(registration.manifest, held, content) };
}

test.each([
  ['everything', { version: 3, items: [everything, { id: 'b', title: 'B' }] }],
  ['a heading of its own', { version: 4, title: 'Another heading', items: [everything] }],
  [
    'a segment and times',
    {
      version: 5,
      audience: { type: 'segment', segment: 's' },
      validFrom: '2026-01-01T00:00:00.000Z',
      expiresAt: '2030-01-01T00:00:00.000Z',
      items: [everything],
    },
  ],
  ['an abstention', { version: 6, items: [] }],
])('content in memory is the publication that it was made of: %s', (_what, body) => {
  const { admitted, again } = putBack(body);
  expect(again).toEqual(admitted);
});

test('only what no page uses is missing: scores', () => {
  const { admitted, again } = putBack({ version: 1, items: [{ ...everything, score: 0.5 }] });
  const pages = [admitted, again].map(({ publication, admittedAtMs }) =>
    createContent(registration.manifest, publication, { admittedAtMs }),
  );
  expect(JSON.stringify(pages[1])).toBe(JSON.stringify(pages[0]));
  expect(again.digest).toBe(admitted.digest);
});

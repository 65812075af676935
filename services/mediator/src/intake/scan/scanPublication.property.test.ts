import { type CandidateItem, candidateItem } from '@widget-mediator/composition';
import { Publication } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { sliceScanned } from '../fragments.ts';
import { parseJson } from '../parseJson.ts';
import { parsePublication } from '../parsePublication.ts';
import { type ScannedPublication, scanPublication } from './scanPublication.ts';

const mostly = <A, B>(usual: fc.Arbitrary<A>, rare: fc.Arbitrary<B>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: rare });
const texts = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', ' ', 'a', 'Heat', 'Amélie', 'Сталкер', '‮', '\u200d', '\n', '"', '\\', '🎬', '  x'),
  fc.constantFrom('x'.repeat(128), 'x'.repeat(129), 'x'.repeat(300), 'x'.repeat(301), 'é'.repeat(301)),
);
const links = fc.oneof(
  fc.constantFrom('https://a.example', 'https://a.example:443/x?y=%20#z', 'http://a.example', 'https://a b'),
  fc.constantFrom(
    'https://-a.example',
    'https://a.',
    'https://a:123456',
    'https://a:',
    'HTTPS://a',
    'https://a/{}',
  ),
  fc
    .tuple(
      fc.constantFrom('https://a.example/', 'https://a.example?', 'https://a'),
      fc.string({ maxLength: 4 }),
    )
    .map((parts) => parts.join('')),
);
const numbers = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constantFrom(0, -0, 1e21, 1e-7, 0.5));
const scalars = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null));
const attributes = fc.dictionary(
  fc.oneof(fc.constantFrom('year', 'genre', '1st', 'a-b', '__proto__', 'constructor'), texts),
  scalars,
  { maxKeys: 34 },
);
const plain = {
  id: fc.stringMatching(/^[a-z0-9:/]{1,12}$/),
  title: fc.constantFrom('Heat', "It's (a) title & more", 'Amélie'),
};
const sound = fc.record(
  {
    ...plain,
    url: fc.constantFrom('https://a.example', 'https://a.example/x?y=1#z'),
    image: fc.constantFrom('https://a.example/x.jpg'),
    score: fc.constantFrom(0.5, -1.25, 3),
    parent: fc.constant('series-1'),
    creator: fc.constant('mann'),
    brand: fc.constant('warner'),
    sponsored: fc.boolean(),
    attributes: fc.record(
      { year: fc.nat(3_000), genre: fc.constantFrom('crime', 'Komödie', ''), seen: fc.boolean() },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['id', 'title'] },
);
const odd = fc.record(
  {
    id: texts,
    title: texts,
    url: links,
    image: links,
    score: scalars,
    parent: texts,
    creator: texts,
    brand: texts,
    sponsored: scalars,
    attributes: fc.oneof(attributes, scalars),
    other: scalars,
  },
  { requiredKeys: [] },
);
const shuffled = (value: object) =>
  fc
    .shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length })
    .map((entries) => Object.fromEntries(entries));
/** Sound items, one in some lists with a field or two that are not. */
const items = fc
  .tuple(fc.array(sound, { maxLength: 6 }), fc.option(odd, { freq: 1 }))
  .chain(([list, changes]) => {
    const changed = Object.entries(changes ?? {}).slice(0, 2);
    const all = list.map((item, index) => (index === 1 ? { ...item, ...Object.fromEntries(changed) } : item));
    return fc.oneof(fc.tuple(...all.map(shuffled)), fc.constant(all));
  });
const publications = fc
  .record(
    {
      version: mostly(fc.integer({ min: 1 }), scalars),
      title: mostly(fc.constantFrom('Picks', 'Für dich'), texts),
      audience: mostly(fc.constantFrom({ type: 'everyone' }, { type: 'user', user: 'u1' }), scalars),
      expiresAt: mostly(fc.constant('2026-11-24T00:00:00Z'), texts),
      other: fc.constantFrom({ items: [{ id: 'x' }] }, [1, [2]], '{"items":[', null),
      items,
    },
    { requiredKeys: ['items', 'version'] },
  )
  .chain(shuffled);

/** JSON as one or another library writes it. */
const written = fc
  .tuple(publications, fc.constantFrom(undefined, 1, '\t'))
  .map(([value, indent]) => Buffer.from(JSON.stringify(value, undefined, indent)));
/** The same with a byte too many, too few, or another one. */
const mangled = fc
  .tuple(
    written,
    fc.nat(),
    fc.constantFrom(0, 1),
    fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('",:{}[]\\0.-et \n'))),
  )
  .map(([bytes, at, removed, byte]) => {
    const index = at % bytes.length;
    return Buffer.concat([bytes.subarray(0, index), Buffer.of(byte), bytes.subarray(index + removed)]);
  });

/** What the schema makes of the same bytes. */
function parsedByTheSchema(bytes: Buffer) {
  const body = parseJson(bytes);
  const parsed = parsePublication(body);
  if (!parsed.ok) throw new Error(`the schema refuses it: ${JSON.stringify(parsed.problem)}`);
  return parsed.publication;
}

const asCandidate = ({ itemType, id, parent, creator, brand, attributes: facts, keys }: CandidateItem) => ({
  itemType,
  id,
  parent,
  creator,
  brand,
  attributes: facts,
  keys,
});

function expectSame(bytes: Buffer, { items: scanned, canonical }: ScannedPublication): void {
  const publication = parsedByTheSchema(bytes);
  if (canonical !== undefined) {
    expect(bytes.toString('utf8', canonical.from, canonical.to)).toBe(JSON.stringify(publication.items));
  }
  expect(scanned.map(asCandidate)).toEqual(
    publication.items.map((item) => asCandidate(candidateItem('film', item))),
  );
  const indexes = scanned.map((_, index) => index).filter((index) => index % 3 !== 1);
  const chunks: Uint8Array[] = [];
  const added = sliceScanned(bytes, scanned).appendTo(chunks, indexes);
  const json = Buffer.concat(chunks);
  expect(added).toBe(json.length);
  expect(JSON.parse(`[${json.toString()}]`)).toEqual(
    indexes.map((index) => {
      const {
        id,
        title,
        url,
        image,
        sponsored,
        attributes: facts,
      } = publication.items[index] ?? { id: '', title: '' };
      return JSON.parse(JSON.stringify({ id, title, url, image, sponsored, attributes: facts }));
    }),
  );
}

test.each([
  ['as it was written', written, 700],
  ['with one byte wrong', mangled, 100],
] as const)('what the scan reads, the schema accepts, and both read the same: %s', (_how, bodies, least) => {
  let accepted = 0;
  let canonical = 0;
  fc.assert(
    fc.property(bodies, (bytes) => {
      const scanned = scanPublication(bytes, 'film', true);
      if (scanned === undefined) return;
      // The envelope is the schema's to judge.
      if (!parsePublication(scanned.envelope).ok) return;
      accepted += 1;
      if (scanned.canonical !== undefined && scanned.items.length > 0) canonical += 1;
      expectSame(bytes, scanned);
    }),
    { numRuns: 4_000 },
  );
  expect(accepted).toBeGreaterThan(least);
  expect(canonical).toBeGreaterThan(least / 10);
});

const accepted = (text: string) => scanPublication(Buffer.from(text), 'film') !== undefined;

test.each([
  ['the least', '{"version":1,"items":[]}'],
  ['items first, with white space', ' { "items" : [ { "title" : "Heat" , "id" : "a" } ] , "version" : 1 } '],
  ['another alphabet', '{"version":1,"items":[{"id":"a","title":"Сталкер"}]}'],
  ['items of another field', '{"other":{"items":[{"id":1}]},"version":1,"items":[{"id":"a","title":"b"}]}'],
])('is read where it stands: %s', (_what, text) => {
  expect(accepted(text)).toBe(true);
});

test.each([
  ['an escape', '{"version":1,"items":[{"id":"a","title":"\\u0041"}]}'],
  ['a key twice', '{"version":1,"items":[{"id":"a","title":"b","id":"c"}]}'],
  ['a list twice', '{"version":1,"items":[],"items":[]}'],
  ['no list', '{"version":1}'],
  ['an unknown field of an item', '{"version":1,"items":[{"id":"a","title":"b","rank":1}]}'],
  ['no title', '{"version":1,"items":[{"id":"a"}]}'],
  ['a number with a leading zero', '{"version":1,"items":[{"id":"a","title":"b","score":01}]}'],
  ['something behind it', '{"version":1,"items":[]}x'],
  ['no end', '{"version":1,"items":[]'],
  ['a reach for the prototype', '{"version":1,"__proto__":{"x":1},"items":[]}'],
  [
    'more items than may be',
    `{"version":1,"items":[${Array.from({ length: 201 }, (_, id) => `{"id":"${id}","title":"b"}`).join()}]}`,
  ],
])('is left to the parser and the schema: %s', (_what, text) => {
  expect(accepted(text)).toBe(false);
});

test.each([
  [
    'as it would be written',
    '[{"id":"a","title":"Amélie","score":-0.5,"attributes":{"year":1995,"a":""}}]',
    true,
  ],
  ['white space', '[{"id":"a","title":"b"} ]', false],
  ['fields in another order', '[{"title":"b","id":"a"}]', false],
  ['a number with a zero at its end', '[{"id":"a","title":"b","score":0.50}]', false],
  ['minus zero', '[{"id":"a","title":"b","score":-0}]', false],
  ['more digits than a number has', '[{"id":"a","title":"b","score":0.300000000000001}]', true],
  ['an attribute twice', '[{"id":"a","title":"b","attributes":{"x":1,"xy":2,"x":3}}]', false],
])('says whether the list stands as it would be written: %s', (_what, list, isCanonical) => {
  const scan = (wanted: boolean) =>
    scanPublication(Buffer.from(`{"version":1, "items":${list}}`), 'film', wanted);
  expect(scan(true)?.items).toHaveLength(1);
  expect(scan(true)?.canonical !== undefined).toBe(isCanonical);
  expect(scan(false)?.canonical).toBeUndefined();
});

test('bytes that are no UTF-8 are left to the parser', () => {
  const bytes = Buffer.from('{"version":1,"items":[{"id":"a","title":"b\u00e9"}]}', 'latin1');
  expect(scanPublication(bytes, 'film')).toBeUndefined();
});

test('a list of everything that the schema knows is read where it stands', () => {
  const item = {
    id: 'film:1/a',
    title: "It's (a) title & more",
    url: 'https://a.example:443/x?y=%20#z',
    image: 'https://a.example',
    score: -1.5,
    parent: 'p',
    creator: 'c',
    brand: 'b',
    sponsored: true,
    attributes: { year: 1995, genre: '', seen: false },
  };
  const bytes = Buffer.from(JSON.stringify(Publication.parse({ version: 1, items: [item, item] })));
  const scanned = scanPublication(bytes, 'film');
  expect(scanned?.items).toHaveLength(2);
  if (scanned !== undefined) expectSame(bytes, scanned);
});

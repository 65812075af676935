import { Item } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { isPlainItem } from './isPlainItem.ts';

/** Strings that a careless pattern would let through, beside those that are meant to pass. */
const strings = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', ' ', '  ', 'a', 'film-1', 'Heat', 'Amélie', '‮', '\u200d', '\n', 'a\n', 'x'.repeat(129)),
  fc.constantFrom('x'.repeat(300), 'x'.repeat(301), 'x'.repeat(500), 'x'.repeat(501)),
  fc.constantFrom(
    'https://a.example',
    'https://a.example/x?y=1#z',
    'http://a.example',
    'javascript:x',
    'https://a b',
  ),
  fc
    .tuple(
      fc.constantFrom('https://a.example/', 'https://a.example?', 'https://a'),
      fc.string({ maxLength: 4 }),
    )
    .map((parts) => parts.join('')),
);
const scalars = fc.oneof(
  strings,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);
const attributes = fc.dictionary(fc.oneof(fc.constantFrom('year', 'genre', '1st', 'a-b'), strings), scalars, {
  maxKeys: 34,
});
const whole = {
  id: 'film-1',
  title: 'Heat',
  url: 'https://films.example/heat?from=home#top',
  image: 'https://films.example/heat.jpg',
  score: 0.5,
  parent: 'series-1',
  creator: 'mann',
  brand: 'warner',
  sponsored: false,
  attributes: { year: 1995, genre: 'crime' },
};
const changed = fc.record(
  {
    id: strings,
    title: strings,
    url: strings,
    image: strings,
    score: scalars,
    parent: strings,
    creator: strings,
    brand: strings,
    sponsored: scalars,
    attributes: fc.oneof(
      attributes,
      fc.dictionary(fc.constantFrom('year', 'genre'), scalars),
      scalars,
      fc.array(scalars),
    ),
    other: scalars,
  },
  { requiredKeys: [] },
);
/** An item with one or two of its fields changed, so that many are still plain. */
const nearlyItems = fc.tuple(changed, fc.nat({ max: 30 })).map(([changes, turn]) => {
  const item = Object.entries({ ...whole, ...Object.fromEntries(Object.entries(changes).slice(0, 2)) });
  const swapped = turn < item.length ? [...item.slice(turn), ...item.slice(0, turn)] : item;
  return Object.fromEntries(swapped);
});

test('what is plainly an item is one for the schema too, and is the same afterwards', () => {
  let plain = 0;
  fc.assert(
    fc.property(nearlyItems, (value) => {
      if (!isPlainItem(value)) return;
      plain += 1;
      const parsed = Item.parse(value);
      expect(parsed).toStrictEqual(value);
      // Their order too: digests are made of the text.
      expect(JSON.stringify(parsed)).toBe(JSON.stringify(value));
    }),
    { numRuns: 5_000 },
  );
  expect(plain).toBeGreaterThan(500);
});

test.each([
  ['the least', { id: 'film-1', title: 'Heat' }],
  [
    'the most',
    {
      id: 'film:1/a',
      title: 'It\'s (a) "title" & more',
      url: 'https://a.example:443/x?y=%20#z',
      image: 'https://a.example',
      score: -1.5,
      parent: 'p',
      creator: 'c',
      brand: 'b',
      sponsored: true,
      attributes: { year: 1995, genre: '', seen: false },
    },
  ],
])('an item is recognised: %s', (_what, item) => {
  expect(isPlainItem(item)).toBe(true);
});

test.each([
  ['null', null],
  ['an array', []],
  ['no title', { id: 'film-1' }],
  ['fields in another order', { title: 'Heat', id: 'film-1' }],
  ['another alphabet', { id: 'film-1', title: 'Сталкер' }],
  ['an unknown field', { id: 'film-1', title: 'Heat', rank: 1 }],
  ['a field of every object', { id: 'film-1', title: 'Heat', toString: 'x' }],
  ['a prototype with fields', Object.assign(Object.create({ url: 'javascript:x' }), { id: 'a', title: 'b' })],
  ['no finite number', { id: 'film-1', title: 'Heat', score: Number.NaN }],
  ['an attribute with fields', { id: 'film-1', title: 'Heat', attributes: { year: {} } }],
])('it is for the schema to decide: %s', (_what, value) => {
  expect(isPlainItem(value)).toBe(false);
});

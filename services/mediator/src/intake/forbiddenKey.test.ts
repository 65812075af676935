import { forbiddenKeyIn } from './forbiddenKey.ts';

test.each([
  ['{"__proto__":1}', '/__proto__'],
  ['{"items":[{"id":"a"},{"id":"b","x":{"__proto__":{}}}]}', '/items/1/x/__proto__'],
  ['{"a":{"constructor":{"prototype":1}}}', '/a/constructor'],
  ['{"a":{"constructor":"one"},"b":[]}', undefined],
  ['[]', undefined],
  ['"__proto__"', undefined],
])('in %s it is %s', (text, pointer) => {
  expect(forbiddenKeyIn(JSON.parse(text))).toBe(pointer);
});

test('of one that is very deep, the pointer leads on the way to it, and names what is no plain name with ?', () => {
  const deep = `${'{"a name":'.repeat(5_000)}{"__proto__":0}${'}'.repeat(5_000)}`;
  expect(forbiddenKeyIn(JSON.parse(deep))).toBe('/?'.repeat(32));
});

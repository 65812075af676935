import { createAllowList } from './allowList.ts';

const allows = createAllowList(['127.0.0.1', 'Rec.Internal:80', 'tls.internal:443', 'other.internal:8080']);

test.each([
  ['http://127.0.0.1:4101/widget', true],
  ['http://2130706433/widget', true],
  ['http://rec.internal/widget', true],
  ['http://rec.internal:80/widget', true],
  ['http://rec.internal:6379/', false],
  ['https://rec.internal/', false],
  ['https://tls.internal/', true],
  ['https://tls.internal:443/', true],
  ['http://tls.internal/', false],
  ['http://other.internal:8080/', true],
  ['http://other.internal/', false],
  ['http://169.254.169.254/latest', false],
  ['http://user@127.0.0.1/', false],
  ['not a url', false],
])('%s: %s', (endpoint, allowed) => {
  expect(allows(endpoint)).toBe(allowed);
});

test('an empty list allows none', () => {
  expect(createAllowList([])('http://127.0.0.1/')).toBe(false);
});

import { createTokenBucket } from './tokenBucket.ts';

test('gives its burst at once, then its rate', () => {
  let now = 0;
  const bucket = createTokenBucket(10, 3, () => now);
  expect([1, 2, 3].map(() => bucket.take().taken)).toEqual([true, true, true]);
  expect(bucket.take()).toEqual({ taken: false, retryAfterMs: 100 });
  now = 99;
  expect(bucket.take().taken).toBe(false);
  now = 100;
  expect(bucket.take().taken).toBe(true);
  expect(bucket.take().taken).toBe(false);
});

test('never holds more than its burst', () => {
  let now = 0;
  const bucket = createTokenBucket(1_000, 2, () => now);
  now = 1_000_000;
  expect([1, 2, 3].map(() => bucket.take().taken)).toEqual([true, true, false]);
});

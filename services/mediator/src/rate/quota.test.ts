import fc from 'fast-check';
import { quotaOf } from './quota.ts';

test.each([
  [200, 200, 1],
  [10_000, 10_000, 1],
  [1, 1, 1],
  [2.5, 5, 2],
  [0.5, 1, 2],
  [0.3, 2, 7],
  [0.1, 1, 10],
])('%p a second are %p in %p s', (ratePerSecond, tokens, windowSeconds) => {
  expect(quotaOf(ratePerSecond)).toMatchObject({ tokens, windowSeconds });
});

test.each([
  [200, 200],
  [1.9, 2],
  [0.1, 1],
])('%p a second are at most %p at once, however long the window', (ratePerSecond, burst) => {
  expect(quotaOf(ratePerSecond).burst).toBe(burst);
});

test('is never more than the rate, and hardly less, whatever a manifest may say', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 10_000, noNaN: true }), (ratePerSecond) => {
      const { tokens, windowSeconds } = quotaOf(ratePerSecond);
      const share = tokens / windowSeconds / ratePerSecond;
      expect(Number.isInteger(tokens) && Number.isInteger(windowSeconds)).toBe(true);
      expect(share).toBeLessThan(1 + 1e-6);
      expect(share).toBeGreaterThan(0.949);
    }),
    { numRuns: 2_000 },
  );
});

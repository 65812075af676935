import { conservation } from './conservation.ts';

test('placed, in reserve, then what was dropped, the largest first; empty parts are left out', () => {
  const { segments, missing } = conservation({
    received: 100,
    placed: 50,
    reserve: 20,
    dropped: { repeated: 10, duplicate: 20, outranked: 0 },
  });
  expect(segments.map(({ code, count, share }) => [code, count, share])).toEqual([
    ['placed', 50, 0.5],
    ['reserve', 20, 0.2],
    ['duplicate', 20, 0.2],
    ['repeated', 10, 0.1],
  ]);
  expect(missing).toBe(0);
});

test('items that nobody accounts for are counted', () => {
  expect(conservation({ received: 10, placed: 4, reserve: 3, dropped: {} }).missing).toBe(3);
});

test('more items than were received never make a bar longer than itself', () => {
  const { segments, missing } = conservation({ received: 2, placed: 4, reserve: 4, dropped: {} });
  expect(missing).toBe(-6);
  expect(segments.reduce((sum, { share }) => sum + share, 0)).toBe(1);
});

test('an empty page has an empty bar', () => {
  expect(conservation({ received: 0, placed: 0, reserve: 0, dropped: {} })).toEqual({
    received: 0,
    segments: [],
    missing: 0,
  });
});

import { mediatorMs, parseServerTiming } from './serverTiming.ts';

test('reads names and durations, whatever else a metric says', () => {
  const metrics = parseServerTiming('collect;dur=36.2;desc="asked, waited", cache, compose; dur="0.4"');
  expect([...metrics]).toEqual([
    ['collect', 36.2],
    ['compose', 0.4],
  ]);
});

test('the mediator’s own total comes first, then its longest metric, then our round trip, then the clock', () => {
  expect(mediatorMs('collect;dur=50, total;dur=40, roundtrip;dur=44', 60)).toBe(40);
  expect(mediatorMs('collect;dur=36, compose;dur=1, roundtrip;dur=44', 60)).toBe(36);
  expect(mediatorMs('roundtrip;dur=44', 60)).toBe(44);
  expect(mediatorMs(null, 60)).toBe(60);
});

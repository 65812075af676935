import { heldByYoung } from '../testing/heldByYoung.ts';
import { createPlaces } from './places.ts';

test('all that is there is found, and what was let go of is not, however often it is', () => {
  const places = createPlaces<string>();
  const leave = places.take('a');
  places.take('b');
  leave();
  places.take('c');
  leave();
  expect(places.all().toSorted()).toEqual(['b', 'c']);
});

test('what was let go of is collected while it is young', async () => {
  const places = createPlaces<object>();
  let before: (() => void)[] = [];
  const held = await heldByYoung(async (large) => {
    const leave = [1, 2, 3].map(() => places.take(large()));
    for (const one of before) one();
    before = leave;
  });
  expect(held).toBeLessThan(0.2);
});

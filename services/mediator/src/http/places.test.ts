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

/** What is still held of what was taken and let go of a round later, by who takes and lets go. */
async function heldOf(take: (one: object) => () => void): Promise<number> {
  let before: (() => void)[] = [];
  return heldByYoung(async (large) => {
    const leave = Array.from({ length: 6 }, () => take(large()));
    for (const one of before) one();
    before = leave;
  });
}

test('what was let go of is collected while it is young, which it is not in a set', async () => {
  const set = new Set<object>();
  const ofSet = await heldOf((one) => {
    set.add(one);
    return () => void set.delete(one);
  });
  expect(ofSet).toBeGreaterThan(0.5);
  expect(await heldOf(createPlaces<object>().take)).toBeLessThan(0.2);
});

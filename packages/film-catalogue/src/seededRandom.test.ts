import { seededRandom } from './seededRandom.ts';

describe('seededRandom', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const [a, b, c] = [seededRandom('a'), seededRandom('a'), seededRandom('b')];
    const first = Array.from({ length: 20 }, a);
    expect(Array.from({ length: 20 }, b)).toEqual(first);
    expect(Array.from({ length: 20 }, c)).not.toEqual(first);
  });

  it('spreads evenly over [0, 1)', () => {
    const random = seededRandom('spread');
    const tenths = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw += 1) {
      const tenth = Math.floor(10 * random());
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    expect(Math.min(...tenths)).toBeGreaterThan(900);
    expect(Math.max(...tenths)).toBeLessThan(1100);
  });
});

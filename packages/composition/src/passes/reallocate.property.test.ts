import fc from 'fast-check';
import { display } from '../draft.ts';
import { createReader } from '../reader.ts';
import { bestScoreOf } from '../testing/bruteForce.ts';
import { instanceOf, regimes } from '../testing/instances.ts';
import { reallocate } from './reallocate.ts';

const instances = fc
  .record({
    regime: fc.constantFrom(...regimes),
    seed: fc.nat(),
    chosen: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 4, maxLength: 4 }),
    attention: fc.array(fc.constantFrom(0.1, 0.5, 1, 2), { minLength: 4, maxLength: 4 }),
    /** How much of what an item is worth is left out: 0 makes ties, 1 everything equal to nothing. */
    dullness: fc.constantFrom(0, 0, 0.5, 1),
  })
  .map(({ regime, seed, chosen, attention, dullness }) => {
    const contest = instanceOf(regime, seed);
    const values = contest.values.of(0);
    for (const [row, value] of values.entries()) {
      values[row] = dullness === 1 ? 0 : dullness === 0 ? value : Math.ceil(value * 2) / 2;
    }
    return { contest: { ...contest, attention }, chosen };
  });

describe('reallocation', () => {
  it('finds the best allocation of items to the chosen widgets, as the Hungarian method does, or that there is none', () => {
    fc.assert(
      fc.property(instances, ({ contest, chosen }) => {
        const best = bestScoreOf(contest, [...chosen]);
        const page = reallocate(contest, createReader(contest), { chosen });
        if (best === undefined) expect(page).toBeUndefined();
        else expect(page?.score).toBeCloseTo(best, 9);
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds the same from whatever page it starts', () => {
    fc.assert(
      fc.property(instances, ({ contest, chosen }) => {
        const reader = createReader(contest);
        const start = display(contest, reader, chosen);
        if (start === undefined) return;
        const page = reallocate(contest, reader, { chosen, from: start });
        expect(page?.score).toBeCloseTo(bestScoreOf(contest, [...chosen]) ?? Number.NaN, 9);
        expect(page?.score).toBeGreaterThanOrEqual(start.score - 1e-9);
      }),
      { numRuns: 300 },
    );
  });
});

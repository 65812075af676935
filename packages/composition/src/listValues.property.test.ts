import fc from 'fast-check';
import { admit } from './admit.ts';
import { createClaims } from './claims.ts';
import { columnDiscounts } from './discount.ts';
import { score } from './score.ts';
import { inputs } from './testing/arbitraries.ts';

describe('what displaying some of a list is worth', () => {
  it('is the sum of its values, each by the discount of its column, and never more than is said', () => {
    fc.assert(
      fc.property(inputs, fc.infiniteStream(fc.boolean()), (input, isShown) => {
        const contest = score(admit(input));
        for (const [index, { items, maxItems }] of input.candidates.entries()) {
          const places = [...items.keys()].filter(() => isShown.next().value === true).slice(0, maxItems);
          const start = contest.keys.starts[index] ?? 0;
          const rows = contest.values.of(index);
          const sum = places.reduce(
            (total, place, column) => total + (rows[start + place] ?? 0) * (columnDiscounts[column] ?? 0),
            0,
          );
          const worth = contest.values.worthOf(index, Int32Array.from(places), places.length);
          expect(Math.abs(worth - sum)).toBeLessThanOrEqual(1e-12 * sum);
          expect(worth).toBeLessThanOrEqual(contest.values.mostOf(index));
          expect(worth).toBeLessThanOrEqual(contest.mostWorths[index] ?? 0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same to the last bit when only what is claimed is known, or nothing where that is too few', () => {
    let compared = 0;
    fc.assert(
      fc.property(inputs, fc.infiniteStream(fc.boolean()), (input, isClaimed) => {
        const contest = score(admit(input));
        const claims = createClaims(contest);
        const [first] = input.candidates;
        if (first !== undefined)
          claims.claim(
            0,
            [...first.items.keys()].filter(() => isClaimed.next().value === true),
          );
        for (const [index, { items, minItems, maxItems }] of input.candidates.entries()) {
          const free = claims.plainly(index);
          if (free === undefined) continue;
          const places = new Int32Array(items.length);
          const count = claims.read(index, maxItems, places);
          const worth = count < minItems ? -1 : contest.values.worthOf(index, places, count);
          expect(contest.values.worthOfFree(index, free, maxItems)).toBe(worth);
          compared += worth > 0 ? 1 : 0;
        }
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});

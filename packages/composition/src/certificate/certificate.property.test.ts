import fc from 'fast-check';
import { assign } from './assign.ts';
import { bestSubset } from './bestSubset.ts';

const amount = fc.integer({ min: -20, max: 20 });

describe('assignment', () => {
  it('is the best of all', () => {
    const tables = fc
      .record({ rows: fc.integer({ min: 0, max: 4 }), columns: fc.integer({ min: 0, max: 5 }) })
      .chain(({ rows, columns }) =>
        fc.record({
          columns: fc.constant(columns),
          profits: fc.array(
            fc.array(fc.oneof(amount, fc.constant(Number.NEGATIVE_INFINITY)), {
              minLength: columns,
              maxLength: columns,
            }),
            { minLength: rows, maxLength: rows },
          ),
        }),
      );
    fc.assert(
      fc.property(tables, ({ profits, columns }) => {
        const chosen = assign(profits, columns);
        const used = chosen.filter((column) => column !== -1);
        expect(new Set(used).size).toBe(used.length);
        const total = chosen.reduce((sum, column, row) => sum + (profits[row]?.[column] ?? 0), 0);
        expect(total).toBe(bestTotal(profits, new Set()));
      }),
      { numRuns: 500 },
    );
  });
});

function bestTotal(profits: readonly (readonly number[])[], used: ReadonlySet<number>): number {
  const [row, ...rest] = profits;
  if (row === undefined) return 0;
  const without = bestTotal(rest, used);
  return row.reduce(
    (best, profit, column) =>
      used.has(column) || profit <= 0
        ? best
        : Math.max(best, profit + bestTotal(rest, new Set([...used, column]))),
    without,
  );
}

describe('best subset', () => {
  it('is the most profitable choice in the list’s order, between the minimum and the limit', () => {
    const offers = fc.record({
      items: fc.array(fc.record({ value: fc.nat({ max: 20 }), price: fc.nat({ max: 12 }) }), {
        maxLength: 8,
      }),
      minItems: fc.integer({ min: 1, max: 3 }),
      more: fc.nat({ max: 3 }),
    });
    fc.assert(
      fc.property(offers, ({ items, minItems, more }) => {
        const limit = minItems + more;
        const subset = bestSubset({
          factor: 2,
          minItems,
          limit,
          values: items.map(({ value }) => value),
          prices: items.map(({ price }) => price),
        });
        const profitOf = (rows: readonly number[]) =>
          rows.reduce(
            (sum, row, column) =>
              sum + (2 * (items[row]?.value ?? 0)) / Math.log2(column + 2) - (items[row]?.price ?? 0),
            0,
          );
        const all = Array.from({ length: 2 ** items.length }, (_, bits) =>
          [...items.keys()].filter((row) => (bits >> row) % 2 === 1),
        ).filter((rows) => rows.length >= minItems && rows.length <= limit);
        if (all.length === 0) expect(subset).toBeUndefined();
        else {
          expect(subset?.profit).toBeCloseTo(Math.max(...all.map(profitOf)), 9);
          expect(profitOf(subset?.rows ?? [])).toBeCloseTo(subset?.profit ?? Number.NaN, 9);
        }
      }),
      { numRuns: 300 },
    );
  });
});

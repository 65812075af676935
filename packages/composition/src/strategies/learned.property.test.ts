import fc from 'fast-check';
import { admit } from '../admit.ts';
import { compose } from '../compose.ts';
import type { CompositionInput } from '../composition.ts';
import type { Feedback } from '../feedback.ts';
import { inputs } from '../testing/arbitraries.ts';
import { learned } from './learned.ts';

const widget = fc.constantFrom('w0', 'w1', 'w2', 'w3', '__proto__', 'constructor', 'toString');
const segment = fc.constantFrom('', 'a', 'b', '__proto__');
const strange = fc.constantFrom(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  1e308,
  5e-324,
  '7',
  null,
  undefined,
  {},
);
const count = fc.oneof({ weight: 4, arbitrary: fc.nat(10_000) }, { weight: 1, arbitrary: strange });
const counts = fc.oneof(
  { weight: 8, arbitrary: fc.array(count, { maxLength: 60 }) },
  { weight: 1, arbitrary: strange },
);
const tally = fc.oneof(
  { weight: 8, arbitrary: fc.record({ examined: counts, wanted: counts }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: strange },
);
const ofSource = fc.oneof(
  { weight: 8, arbitrary: recordOf(segment, tally).map((segments) => ({ segments })) },
  { weight: 1, arbitrary: strange },
);

/** Made like JSON.parse makes them: `__proto__` is a key like any other. */
function recordOf<Value>(key: fc.Arbitrary<string>, value: fc.Arbitrary<Value>): fc.Arbitrary<object> {
  return fc.array(fc.tuple(key, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));
}

/** Whatever a snapshot may hold that somebody else has written. */
const hostileInputs = fc
  .record({
    input: inputs,
    sources: fc.oneof(
      { weight: 9, arbitrary: recordOf(widget, ofSource) },
      { weight: 1, arbitrary: strange },
    ),
    segments: fc.array(segment),
  })
  .map(
    ({ input, sources, segments }): CompositionInput => ({
      ...input,
      layout: { ...input.layout, strategy: 'learned' },
      context: { ...input.context, segments },
      statistics: { ...input.statistics, feedback: { id: 'f', sources } as Feedback },
    }),
  );

describe('learned, whatever was counted', () => {
  it('gives finite values that are not negative', () => {
    fc.assert(
      fc.property(hostileInputs, (input) => {
        const scorer = learned.prepare(admit(input));
        for (const [index, { items }] of input.candidates.entries()) {
          const worths = new Float64Array(items.length);
          scorer.writeWorths(index, items.length, worths);
          expect(worths.every((worth) => Number.isFinite(worth) && worth >= 0)).toBe(true);
        }
        for (let index = 0; index < input.candidates.length; index++) {
          expect(Object.values(scorer.partsOf(index)).every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('makes the same page whoever arrived first', () => {
    const pageOf = (input: CompositionInput) =>
      compose(input).placed.map(({ candidate, position, shown, score }) => [
        candidate.widget,
        position,
        shown,
        score,
      ]);
    fc.assert(
      fc.property(hostileInputs, (input) => {
        expect(pageOf({ ...input, candidates: input.candidates.toReversed() })).toEqual(pageOf(input));
      }),
      { numRuns: 300 },
    );
  });
});

import { Publication } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { isPlainEnvelope } from './isPlainEnvelope.ts';
import { parsePublication } from './parsePublication.ts';

const scalars = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const mostly = <A, B>(usual: fc.Arbitrary<A>, rare: fc.Arbitrary<B>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: rare });
const audiences = fc.oneof(
  fc.constant({ type: 'everyone' }),
  fc
    .record({
      segment: mostly(
        fc.constantFrom('new-fans', 's', 'x'.repeat(64), 'x'.repeat(65), '-s', 's-', '-', 'Größe', ''),
        scalars,
      ),
      type: mostly(fc.constantFrom('segment', 'everyone', 'user'), scalars),
    })
    .map(({ segment, type }) => (String(segment) < 'o' ? { type, segment } : { segment, type })),
  fc.constant({ type: 'everyone', more: 1 }),
  fc.constant({ type: 'segment' }),
  fc.constant([]),
);
const must = fc.record({
  version: mostly(fc.integer({ min: 1 }), scalars),
  items: mostly(
    fc.array(fc.record({ id: fc.stringMatching(/^[a-z]{1,3}$/), title: fc.constant('Heat') }), {
      maxLength: 3,
    }),
    scalars,
  ),
});
const may = fc.record({
  title: mostly(fc.constantFrom('Picks', 'Für dich', ' ', 'x'.repeat(200), 'x'.repeat(201)), scalars),
  audience: mostly(audiences, scalars),
  expiresAt: mostly(fc.constant('2026-11-24T00:00:00Z'), scalars),
  other: scalars,
});
const bodies = fc
  .tuple(
    must,
    may.chain((fields) => fc.subarray(Object.entries(fields))),
  )
  .map(([fields, more]) => [...Object.entries(fields), ...more])
  .chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }))
  .map((entries) => Object.fromEntries(entries));

test('publications are accepted and refused as by the schema, and come out the same', () => {
  let plain = 0;
  fc.assert(
    fc.property(bodies, (body) => {
      const bySchema = Publication.safeParse(body);
      const parsed = parsePublication(body);
      expect(parsed.ok).toBe(bySchema.success);
      if (!parsed.ok || !bySchema.success) return;
      // As text: digests are made of it, and see the order of fields.
      expect(JSON.stringify(parsed.publication)).toBe(JSON.stringify(bySchema.data));
      if (isPlainEnvelope(body)) plain += 1;
    }),
    { numRuns: 3_000 },
  );
  expect(plain).toBeGreaterThan(100);
});

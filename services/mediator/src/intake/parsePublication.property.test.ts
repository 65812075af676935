import { Publication } from '@widget-mediator/contracts';
import fc from 'fast-check';
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
const bodies = fc
  .record(
    {
      version: mostly(fc.integer({ min: 1 }), scalars),
      title: mostly(fc.constantFrom('Picks', 'Für dich', ' ', 'x'.repeat(200), 'x'.repeat(201)), scalars),
      audience: mostly(fc.constant({ type: 'everyone' }), scalars),
      expiresAt: mostly(fc.constant('2026-11-24T00:00:00Z'), scalars),
      items: mostly(
        fc.array(fc.record({ id: fc.stringMatching(/^[a-z]{1,3}$/), title: fc.constant('Heat') }), {
          maxLength: 3,
        }),
        scalars,
      ),
      other: scalars,
    },
    { requiredKeys: ['version', 'items'] },
  )
  .chain((body) =>
    fc
      .shuffledSubarray(Object.entries(body), { minLength: Object.keys(body).length })
      .map((entries) => Object.fromEntries(entries)),
  );

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
      if (!('audience' in body) && !('expiresAt' in body)) plain += 1;
    }),
    { numRuns: 3_000 },
  );
  expect(plain).toBeGreaterThan(30);
});

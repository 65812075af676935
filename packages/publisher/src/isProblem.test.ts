import { Problem } from '@widget-mediator/contracts';
import fc from 'fast-check';
import { isProblem } from './isProblem.ts';

const least = { type: 'about:blank', title: 'Gone', status: 410, detail: 'It is gone.', instance: '/v1' };
const error = { pointer: '/items', detail: 'is required' };
const quota = { name: 'widgets', max: 3 };
const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'text',
  true,
  false,
  0,
  1.5,
  2 ** 60,
  Number.NaN,
  [],
  {},
);
const errors = fc.constantFrom<unknown>(
  [error],
  [{ ...error, more: 1 }],
  [{ pointer: '/items' }],
  [null],
  Array(20).fill(error),
  Array(21).fill(error),
);
const quotas = fc.constantFrom<unknown>(quota, { ...quota, more: 1 }, { ...quota, max: '3' }, { max: 3 });
const bodies = fc
  .record(
    {
      type: odd,
      title: odd,
      status: odd,
      detail: odd,
      instance: odd,
      errors: fc.oneof(errors, odd),
      errorsTruncated: odd,
      maxBytes: odd,
      currentVersion: odd,
      quota: fc.oneof(quotas, odd),
      retryAfterSeconds: odd,
      budget: odd,
      unknown: odd,
    },
    { requiredKeys: [] },
  )
  .chain((body) => fc.subarray(Object.entries(body), { maxLength: 3 }))
  .map((changed): unknown => ({ ...least, ...Object.fromEntries(changed) }));

test('takes just what the schema of the contract takes', () => {
  const seen = new Set<boolean>();
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: bodies }, odd), (body) => {
      seen.add(isProblem(body));
      expect(isProblem(body)).toBe(Problem.safeParse(body).success);
    }),
    { numRuns: 2_000 },
  );
  expect(seen).toEqual(new Set([true, false]));
});

test.each(Object.keys(least))('needs %s', (name) => {
  const { [name]: _, ...rest } = Object.fromEntries(Object.entries(least));
  expect([isProblem(least), isProblem(rest), Problem.safeParse(rest).success]).toEqual([true, false, false]);
});

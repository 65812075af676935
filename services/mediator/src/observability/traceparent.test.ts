import fc from 'fast-check';
import { readTraceparent, traceparentOf } from './traceparent.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

test('reads what is valid', () => {
  expect(readTraceparent(`00-${traceId}-${spanId}-01`)).toEqual({ traceId, spanId, flags: '01' });
});

test('reads of a later version what it knows', () => {
  for (const header of [`01-${traceId}-${spanId}-01`, `cc-${traceId}-${spanId}-01-what.comes.later`])
    expect(readTraceparent(header)).toEqual({ traceId, spanId, flags: '01' });
});

test.each([
  undefined,
  '',
  'nonsense',
  `ff-${traceId}-${spanId}-01`,
  `00-${traceId}-${spanId}-01-more`,
  `00-${traceId}-${spanId}-01 `,
  ` 00-${traceId}-${spanId}-01`,
  `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`,
  `00-${traceId.toUpperCase()}-${spanId}-01`,
  `00-${'0'.repeat(32)}-${spanId}-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `00-${traceId}-${spanId}`,
  `00-${traceId}-${spanId}-1`,
  `01-${traceId}-${spanId}-01.more`,
])('starts anew for %p', (header) => {
  expect(readTraceparent(header)).toBeUndefined();
});

test('reads what it writes', () => {
  const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
  const parent = fc.record({ traceId: hex(32), spanId: hex(16), flags: hex(2) });
  fc.assert(
    fc.property(parent, (one) => {
      fc.pre(/[1-9a-f]/.test(one.traceId) && /[1-9a-f]/.test(one.spanId));
      expect(readTraceparent(traceparentOf(one))).toEqual(one);
    }),
  );
});

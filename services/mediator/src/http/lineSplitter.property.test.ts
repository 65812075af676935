import fc from 'fast-check';
import { createLineSplitter, type Line } from './lineSplitter.ts';

const maxBytes = 8;
const split = (chunks: readonly Buffer[]): Line[] => {
  const splitter = createLineSplitter(maxBytes);
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
};
const shown = (lines: readonly Line[]) =>
  lines.map((line) => ('bytes' in line ? [line.number, line.bytes.toString('latin1')] : [line.number]));

/** Text of short and long lines, and where it is cut into chunks. */
const text = fc
  .array(fc.constantFrom('\n', ' ', '\r', 'a', '{', '"', 'é', '\n\n', 'aaaaaaaa', 'aaaaaaaaa'), {
    maxLength: 40,
  })
  .map((parts) => Buffer.from(parts.join('')));

test('lines are the same however the stream is cut into chunks', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(60), { maxLength: 8 }), (bytes, cuts) => {
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
      expect(shown(split(chunks))).toEqual(shown(split([bytes])));
    }),
  );
});

test('every line that is not blank comes out once, under its number, or is too long', () => {
  fc.assert(
    fc.property(text, (bytes) => {
      const expected = bytes
        .toString('latin1')
        .split('\n')
        .map((line, index) => (line.length > maxBytes ? [index + 1] : [index + 1, line]))
        .filter(([, line]) => line === undefined || /[^ \t\r]/.test(String(line)));
      expect(shown(split([bytes]))).toEqual(expected);
    }),
  );
});

test('of a line without an end no more is kept than one may have', () => {
  const splitter = createLineSplitter(maxBytes);
  for (let n = 0; n < 1_000; n += 1) expect(splitter.push(Buffer.from('aaaa'))).toEqual([]);
  expect(splitter.push(Buffer.from('\n{}\n'))).toEqual([
    { number: 1, tooLong: true },
    { number: 2, bytes: Buffer.from('{}') },
  ]);
  expect(splitter.next).toBe(3);
});

import { parseYaml, YamlError } from './parseYaml.ts';

const parsed = (text: string) => parseYaml(Buffer.from(text));
const refusal = (bytes: string | Uint8Array): YamlError | undefined => {
  try {
    parseYaml(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    return undefined;
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
};

test('reads maps, lists, text, numbers, booleans and null, as YAML 1.2 has them', () => {
  const text = 'a: 1\nb: [x, "y", yes, true, ~]\nc:\n  d: |\n    two\n    lines\n# a comment\n';
  expect(parsed(text)).toEqual({ a: 1, b: ['x', 'y', 'yes', true, null], c: { d: 'two\nlines\n' } });
});

test.each([
  ['nothing', ''],
  ['a comment only', '# nothing'],
  ['a key that stands twice', 'a: 1\na: 2\n'],
  ['two documents', 'a: 1\n---\nb: 2\n'],
  ['an alias', 'a: &x [1]\nb: *x\n'],
  ['a tag of its own', 'a: !danger x\n'],
  ['a tag of a language', 'a: !!js/function "x"\n'],
  ['binary', 'a: !!binary aGVsbG8=\n'],
  ['a map as a key', '? { a: 1 }\n: b\n'],
  ['a control character', 'a: "\u0007"\n'],
  ['tabs for indentation', 'a:\n\tb: 1\n'],
  ['an open bracket', 'a: [1, 2\n'],
])('refuses %s, and says where', (_what, text) => {
  expect(refusal(text)?.message).toMatch(/^cannot be read at line \d+, column \d+$|^is not one document$/);
});

test('refuses what is not UTF-8', () => {
  expect(refusal(Buffer.from([0x61, 0x3a, 0x20, 0xff]))?.message).toBe('is not UTF-8');
});

test.each([
  ['flow lists', '['],
  ['flow maps', '{a: '],
  ['block lists', '- '],
  ['keys of keys', '? '],
])('refuses %s nested without end at once, before a stack runs out', (_what, opening) => {
  expect(refusal(opening.repeat(16_000))).toBeInstanceOf(YamlError);
});

test('quotes nothing of what it refuses', () => {
  const error = refusal('a: !SECRET-VALUE x\n');
  expect(`${error?.stack} ${String(error?.cause)}`).not.toContain('SECRET-VALUE');
});

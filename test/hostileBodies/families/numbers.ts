import { withText } from '../honestDocuments.ts';
import { type HostileBody, hostile } from '../hostileBody.ts';

const versions = [
  '0',
  '-1',
  '-0',
  '1.5',
  '1e400',
  '-1e400',
  '1e308',
  '9007199254740992',
  '9007199254740993',
  '18446744073709551616',
  '0.1e-400',
  '1'.repeat(400),
  '9'.repeat(100_000),
  `0.${'0'.repeat(100_000)}1`,
];
const infinite = ['1e309', '-1e309', '1e999999999', `${'9'.repeat(400)}.5`, '1'.repeat(50_000)];

/** Numbers that no double, or no whole number that is exact, can be. */
export function numbers(): HostileBody[] {
  const at = (pointer: string, texts: readonly string[]) =>
    texts.map((text) => {
      const shown = text.length > 24 ? `${text.slice(0, 4)}… of ${text.length} characters` : text;
      const details = { name: `${shown} at ${pointer}`, at: pointer };
      return hostile('validation-failed', withText('publication', pointer, text), details);
    });
  return [
    ...at('/version', versions),
    ...at('/items/0/score', infinite),
    ...at('/items/0/attributes/year', infinite),
  ];
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(__dirname, '..');
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const found = (pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, one = '']) => one)),
];

const paths = found(/`(\.?[\w-]+(?:[/.][\w.-]+)+)`/g).filter((path) => path.includes('/'));
const links = found(/\]\(((?!https?:)[^)#]+)/g);
const scripts = found(/npm run ([\w:]+)/g);

test.each([...paths, ...links])('CONTRIBUTING.md names %s, which exists', (path) => {
  expect(existsSync(join(root, path))).toBe(true);
});

test.each(scripts)('CONTRIBUTING.md names npm run %s, which exists', (script) => {
  const { scripts: known } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  expect(Object.keys(known)).toContain(script);
});

test('the tour names files', () => {
  expect(paths.length).toBeGreaterThan(15);
});

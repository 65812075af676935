import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes, problemTable, verdictCodes, verdictTable } from '@widget-mediator/contracts';
import { guidesWithTables, tableNames, withTables } from '../scripts/guideTables.ts';
import { problemsPage, verdictsPage } from '../scripts/tables.ts';

const docs = (name: string) => readFileSync(join(__dirname, '..', 'docs', name), 'utf8');

test('docs/verdicts.md is what the verdict table says', () => {
  expect(docs('verdicts.md')).toBe(verdictsPage());
});

test('docs/problems.md is what the problem table says', () => {
  expect(docs('problems.md')).toBe(problemsPage());
});

const guide = (path: string) => readFileSync(join(__dirname, '..', path), 'utf8');

test.each(guidesWithTables)(
  'the tables of %s are what the code says (pnpm run tables writes them)',
  (path) => {
    expect(guide(path)).toBe(withTables(guide(path)));
  },
);

test.each(tableNames)('the table %s stands in a guide', (name) => {
  expect(guidesWithTables.map(guide).join('\n')).toContain(`<!-- table: ${name} -->\n\n|`);
});

test.each(verdictCodes)('the verdict %s says what it means and what to do', (code) => {
  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(verdictTable[code].meaning).toMatch(/\.$/);
  expect(verdictTable[code].advice).toMatch(/\.$/);
});

test.each(problemCodes)('the problem %s is a refusal with something to do about it', (code) => {
  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(problemTable[code].status).toBeGreaterThanOrEqual(400);
  expect(problemTable[code].action).toMatch(/\.$/);
});

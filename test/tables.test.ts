import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes, problemTable, verdictCodes, verdictTable } from '@widget-mediator/contracts';
import { problemsPage, verdictsPage } from '../scripts/tables.ts';

const docs = (name: string) => readFileSync(join(__dirname, '..', 'docs', name), 'utf8');

test('docs/verdicts.md is what the verdict table says', () => {
  expect(docs('verdicts.md')).toBe(verdictsPage());
});

test('docs/problems.md is what the problem table says', () => {
  expect(docs('problems.md')).toBe(problemsPage());
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

// Writes docs/verdicts.md, docs/problems.md and the tables of the guides from the contract and the settings. A test
// fails while they disagree.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guidesWithTables, withTables } from './guideTables.ts';
import { problemsPage, verdictsPage } from './tables.ts';

const root = join(import.meta.dirname, '..');
writeFileSync(join(root, 'docs', 'verdicts.md'), verdictsPage());
writeFileSync(join(root, 'docs', 'problems.md'), problemsPage());
for (const guide of guidesWithTables) {
  const path = join(root, guide);
  writeFileSync(path, withTables(readFileSync(path, 'utf8')));
}

// Writes docs/verdicts.md and docs/problems.md from the tables of the contract. A test fails while they disagree.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemsPage, verdictsPage } from './tables.ts';

const docs = join(import.meta.dirname, '..', 'docs');
writeFileSync(join(docs, 'verdicts.md'), verdictsPage());
writeFileSync(join(docs, 'problems.md'), problemsPage());

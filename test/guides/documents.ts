import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(__dirname, '..', '..');

/** A document of the repository, by its path from the root. */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The documents whose code blocks are executed. */
export const guides = [
  'docs/guides/frontends.md',
  'docs/guides/recommender-teams.md',
  'docs/guides/operators.md',
  'packages/publisher/README.md',
] as const;

/** Every Markdown file that is ours. */
export const documents: readonly string[] = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...filesIn('docs', '.md'),
  ...['packages', 'services', 'deploy'].flatMap((folder) => filesIn(folder, 'README.md')),
];

/** The files in a folder and below whose names end so. */
export function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = relative(root, join(root, folder, entry.name));
    if (entry.isDirectory())
      return ['node_modules', 'dist'].includes(entry.name) ? [] : filesIn(path, ending);
    return entry.name.endsWith(ending) ? [path] : [];
  });
}

/** The text between a heading and the next of the same level. */
export function section(document: string, heading: string): string {
  const [, after = ''] = document.split(`\n## ${heading}\n`);
  const [text = ''] = after.split('\n## ');
  return text;
}

/** The rows of all tables, each as its cells; heads and rules too. A `|` that is escaped separates nothing. */
export const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** What stands in backquotes. */
export const codeIn = (text: string): string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

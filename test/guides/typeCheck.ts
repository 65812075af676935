import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block } from './readBlocks.ts';

const root = join(__dirname, '..', '..');

/** As strict as the repository; only `process.env.NAME` may be written as everybody writes it. */
const options = {
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  customConditions: ['source'],
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: false,
  noPropertyAccessFromIndexSignature: false,
};

/** What the compiler says of these blocks, in a folder from which the packages resolve; nothing when all is well. */
export function typeCheck(folder: string, blocks: readonly Block[]): string {
  const files = blocks.map(({ line, code }) => {
    writeFileSync(join(folder, `check-${line}.ts`), `${code}\n`);
    return `check-${line}.ts`;
  });
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions: options, files };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(root, 'node_modules', '.bin', 'tsc');
  const { stdout, stderr, error } = spawnSync(compiler, ['-p', folder], { encoding: 'utf8' });
  return error === undefined ? `${stdout}${stderr}` : error.message;
}

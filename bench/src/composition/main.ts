import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BenchFailure } from '../benchFailure.ts';
import { createProgress } from '../report/createProgress.ts';
import { compositionLines } from './compositionLines.ts';
import { readOptions } from './options.ts';
import { runComposition, turnsOf, wholeProgramme } from './runComposition.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const options = readOptions(process.argv.slice(2));
const progress = createProgress(turnsOf(wholeProgramme, options), process.stderr);

try {
  const report = await runComposition(wholeProgramme, options, { root, onTurn: progress.step });
  progress.end();
  const jsonFile = options.jsonFile ?? join(root, 'bench', 'results', 'composition-latest.json');
  await mkdir(dirname(jsonFile), { recursive: true });
  await writeFile(jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${compositionLines(report).join('\n')}\n`);
  if (report.growth.some(({ isSteep }) => isSteep)) process.exitCode = 1;
} catch (error) {
  progress.end();
  if (!(error instanceof BenchFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

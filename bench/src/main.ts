import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartFailure } from '@widget-mediator/launcher';
import { BenchFailure } from './benchFailure.ts';
import { readOptions } from './options.ts';
import { createCleanup } from './processes/createCleanup.ts';
import { runBench } from './runBench.ts';

const root = join(import.meta.dirname, '..', '..');
const options = readOptions(process.argv.slice(2), join(root, 'bench', 'results', 'profile'));
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
const cleanup = createCleanup();
cleanup.add(() => rm(folder, { recursive: true, force: true }));
const interruption = new AbortController();
const interrupted = new Promise<never>((_resolve, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      interruption.abort();
      reject(new BenchFailure('Stopped.'));
    });
  }
});

try {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const run = runBench(options, { root, folder, cleanup, print, signal: interruption.signal });
  await Promise.race([run, interrupted]);
} catch (error) {
  if (!(error instanceof BenchFailure || error instanceof StartFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
} finally {
  await cleanup.run();
}
process.exit();

import { BenchFailure } from '../benchFailure.ts';
import { createProgress } from '../report/createProgress.ts';
import { readOptions } from './options.ts';
import { runQuality } from './runQuality.ts';

const options = readOptions(process.argv.slice(2));
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => interruption.abort());

try {
  const faults = await runQuality(options, {
    print: (line) => process.stdout.write(`${line}\n`),
    progressOf: (steps) => createProgress(steps, process.stderr),
    signal: interruption.signal,
  });
  if (faults.length > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof BenchFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BenchFailure } from '../benchFailure.ts';
import type { Entrant } from './createContestant.ts';
import { type Evaluation, parseEvaluation } from './evaluation.ts';
import type { QualityOptions } from './options.ts';

export interface Trial {
  readonly entrant: Entrant;
  readonly dropout: number;
}

/**
 * One run of the evaluator, in a process of its own, which loads our composition as its strategy: so it is the
 * evaluator that parts training from judgement. Throws a BenchFailure with what it complained of.
 */
export async function evaluate(
  { entrant, dropout }: Trial,
  { evaluator, data, split }: QualityOptions,
  signal: AbortSignal,
): Promise<Evaluation> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-quality-'));
  try {
    const strategy = join(folder, 'strategy.mjs');
    await writeFile(strategy, moduleOf(entrant));
    const script = join(resolve(evaluator), 'evaluate.mjs');
    const args = [
      '--data',
      resolve(data),
      '--split',
      split,
      '--dropout',
      `${dropout}`,
      '--strategy',
      strategy,
    ];
    return parseEvaluation(await outputOf([script, ...args], signal));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the evaluator loads: it calls the default export. */
function moduleOf(entrant: Entrant): string {
  const contestant = pathToFileURL(join(import.meta.dirname, 'createContestant.js')).href;
  return `import { createContestant } from ${JSON.stringify(contestant)};\nexport default createContestant(${JSON.stringify(entrant)});\n`;
}

function outputOf(args: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { signal, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else if (signal.aborted) fail(new BenchFailure('Stopped.'));
      else fail(new BenchFailure(`The evaluator failed: ${complaintOf(stderr) ?? error.message}`));
    });
  });
}

const complaintOf = (stderr: string): string | undefined =>
  stderr
    .split('\n')
    .find((line) => /error/i.test(line))
    ?.trim();

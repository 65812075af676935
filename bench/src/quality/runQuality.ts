import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BenchFailure } from '../benchFailure.ts';
import type { Progress } from '../report/createProgress.ts';
import { evaluate, type Trial } from './evaluate.ts';
import type { QualityOptions } from './options.ts';
import { qualityLines } from './qualityLines.ts';
import { faultsOf, type Judged, type QualityReport, rowsOf } from './qualityReport.ts';

export interface Surroundings {
  readonly print: (line: string) => void;
  readonly progressOf: (steps: number) => Progress;
  readonly signal: AbortSignal;
}

/** Has everything evaluated, prints and writes what came of it. Returns what is wrong with our pages, as sentences. */
export async function runQuality(
  options: QualityOptions,
  surroundings: Surroundings,
): Promise<readonly string[]> {
  await requireFile(join(options.evaluator, 'evaluate.mjs'), '--evaluator');
  await requireFile(join(options.data, options.split, 'pages.jsonl'), '--data');
  const judged = await judgeAll(options, surroundings);
  const report: QualityReport = {
    schema: 1,
    at: new Date().toISOString(),
    data: basename(resolve(options.data)),
    split: options.split,
    pages: judged[0]?.evaluation.pages ?? 0,
    rows: rowsOf(judged),
    faults: faultsOf(judged),
  };
  if (options.jsonFile !== undefined) {
    await mkdir(dirname(options.jsonFile), { recursive: true });
    await writeFile(options.jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  }
  qualityLines(report).forEach(surroundings.print);
  return report.faults;
}

async function requireFile(path: string, option: string): Promise<void> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new BenchFailure(`There is no ${path}: see ${option} in docs/quality.md.`);
}

/** One after the other: they take the time of a page too. */
async function judgeAll(options: QualityOptions, { progressOf, signal }: Surroundings): Promise<Judged[]> {
  const trials = trialsOf(options);
  const progress = progressOf(trials.length);
  const judged: Judged[] = [];
  try {
    for (const trial of trials) {
      const { strategy, diversity } = trial.entrant;
      const name = diversity === 0 ? strategy : `${strategy}, diversity ${diversity}`;
      progress.step(trial.dropout === 0 ? name : `${name}, ${trial.dropout} missing`);
      const evaluation = await evaluate(trial, options, signal);
      // Diversity is asked for at the cost of relevance; it need not be as good.
      const rival = diversity > 0 ? undefined : strategy === 'learned' ? 'learned' : 'stateless';
      judged.push({ name, rival, dropout: trial.dropout, diversity, evaluation });
    }
  } finally {
    progress.end();
  }
  return judged;
}

function trialsOf({ dropouts, diversity, passes, statisticsBy }: QualityOptions): Trial[] {
  return dropouts.flatMap((dropout) =>
    [0, ...diversity].flatMap((weight) =>
      (['consensus', 'learned'] as const).map(
        (strategy): Trial => ({ dropout, entrant: { strategy, diversity: weight, passes, statisticsBy } }),
      ),
    ),
  );
}

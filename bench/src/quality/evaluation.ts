import { z } from 'zod';
import { BenchFailure } from '../benchFailure.ts';

const Count = z.number().min(0);

/** How good one strategy's pages were, on average; `halfWidth` is that of a 95 % confidence interval. */
export const Figures = z.strictObject({
  strategy: z.string().min(1),
  n2dcg: Count,
  halfWidth: Count,
  hitRate: Count,
  duplicates: Count,
  intraListDiversity: Count,
  /** Items shown that no list of the page had, and rows below the minimum. */
  bad: Count,
  short: Count,
  usPerPage: Count,
});
export type Figures = z.infer<typeof Figures>;

/** By how much N2DCG is above another strategy's, by page: the mean and its 95 % confidence interval. */
export const Difference = z.strictObject({ mean: z.number(), low: z.number(), high: z.number() });
export type Difference = z.infer<typeof Difference>;

/** One run of the evaluator: the strategies it brings along, and ours with its differences to each of them. */
export interface Evaluation {
  readonly pages: number;
  readonly baselines: readonly Figures[];
  readonly own: Figures;
  readonly differences: ReadonlyMap<string, Difference>;
}

/** What the evaluator calls ours. */
const ownName = 'STRATEGY';

const header = /^# .*: (\d+) users,/;
const row =
  /^(.+?)\s+([\d.]+) ±([\d.]+)\s+([\d.]+) ±[\d.]+\s+[\d.]+\s+[\d.]+\s+([\d.]+)\s+([\d.]+)\s+[\d.]+\s+[\d.]+\s+[\d.]+\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)$/;
const difference = /^\s+(.+?)\s+([+-][\d.]+) \[([\d.-]+), ([\d.-]+)\]$/;

/** Reads the tables that the evaluator prints; throws a BenchFailure when they are not there. */
export function parseEvaluation(output: string): Evaluation {
  const figures: Figures[] = [];
  const differences = new Map<string, Difference>();
  let pages = 0;
  for (const line of output.split('\n')) {
    pages = Number(header.exec(line)?.[1] ?? pages);
    const cells = row.exec(line);
    if (cells) figures.push(figuresOf(cells));
    const [, other, mean, low, high] = difference.exec(line) ?? [];
    if (other !== undefined)
      differences.set(other.trim(), { mean: Number(mean), low: Number(low), high: Number(high) });
  }
  const own = figures.find(({ strategy }) => strategy === ownName);
  if (own === undefined || pages === 0)
    throw new BenchFailure('The evaluator printed no figures for our pages.');
  return { pages, own, differences, baselines: figures.filter((one) => one !== own) };
}

function figuresOf([, name = '', ...cells]: RegExpExecArray): Figures {
  const [n2dcg, halfWidth, hitRate, duplicates, intraListDiversity, bad, short, usPerPage] =
    cells.map(Number);
  const parsed = Figures.safeParse({
    strategy: name.trim(),
    n2dcg,
    halfWidth,
    hitRate,
    duplicates,
    intraListDiversity,
    bad,
    short,
    usPerPage,
  });
  if (!parsed.success)
    throw new BenchFailure(`The evaluator printed something else than figures for ${name}.`);
  return parsed.data;
}

/** Best of those that know nothing of what was watched, of those that learned from it, and of those it was told to. */
export interface Baselines {
  readonly stateless: Figures;
  readonly learned: Figures | undefined;
  readonly oracle: Figures | undefined;
}

/** Pages with duplicates do not take part. */
export function bestBaselines(baselines: readonly Figures[]): Baselines {
  const best = (kind: 'stateless' | 'learned' | 'oracle') =>
    baselines
      .filter(({ strategy, duplicates }) => kindOf(strategy) === kind && duplicates === 0)
      .toSorted((a, b) => b.n2dcg - a.n2dcg)[0];
  const stateless = best('stateless');
  if (stateless === undefined) throw new BenchFailure('The evaluator brought no strategy to compare with.');
  return { stateless, learned: best('learned'), oracle: best('oracle') };
}

function kindOf(strategy: string): 'stateless' | 'learned' | 'oracle' {
  if (strategy.includes('oracle')) return 'oracle';
  return strategy.includes('learned') ? 'learned' : 'stateless';
}

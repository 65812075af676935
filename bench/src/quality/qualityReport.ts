import { z } from 'zod';
import { bestBaselines, Difference, type Evaluation, Figures } from './evaluation.ts';

/**
 * One row of the table. `dropout` is the share of the widgets that was missing, `diversity` the weight of it in the
 * layout, `against` the differences to the best baselines, of ours only.
 */
const Row = Figures.extend({
  kind: z.enum(['stateless', 'learned', 'oracle', 'ours']),
  dropout: z.number(),
  diversity: z.number(),
  against: z.array(Difference.extend({ baseline: z.string() })),
});
type Row = z.infer<typeof Row>;

/** What a run of `bench:quality` found; `faults` are sentences, and there should be none. */
export const QualityReport = z.strictObject({
  schema: z.literal(1),
  at: z.iso.datetime(),
  data: z.string(),
  split: z.string(),
  pages: z.number(),
  rows: z.array(Row),
  faults: z.array(z.string()),
});
export type QualityReport = z.infer<typeof QualityReport>;

/** An entrant's name in the table, how it was judged, and the kind of baseline that it must not be below. */
export interface Judged {
  readonly name: string;
  readonly rival: 'stateless' | 'learned' | undefined;
  readonly dropout: number;
  readonly diversity: number;
  readonly evaluation: Evaluation;
}

/** By dropout: the best baselines, then ours. The baselines are the same in every run of one dropout. */
export function rowsOf(judged: readonly Judged[]): Row[] {
  const dropouts = [...new Set(judged.map(({ dropout }) => dropout))];
  return dropouts.flatMap((dropout) => {
    const ours = judged.filter((one) => one.dropout === dropout);
    return [...baselineRows(ours[0], dropout), ...ours.map(ownRow)];
  });
}

function baselineRows(one: Judged | undefined, dropout: number): Row[] {
  if (one === undefined) return [];
  const best = bestBaselines(one.evaluation.baselines);
  return (['stateless', 'learned', 'oracle'] as const).flatMap((kind): Row[] => {
    const figures = best[kind];
    return figures === undefined ? [] : [{ ...figures, kind, dropout, diversity: 0, against: [] }];
  });
}

function ownRow({ name, dropout, diversity, evaluation }: Judged): Row {
  const { stateless, learned } = bestBaselines(evaluation.baselines);
  const against = [stateless, learned].flatMap((figures) => {
    const difference = evaluation.differences.get(figures?.strategy ?? '');
    return figures === undefined || difference === undefined
      ? []
      : [{ baseline: figures.strategy, ...difference }];
  });
  return { ...evaluation.own, strategy: name, kind: 'ours', dropout, diversity, against };
}

/** What no page may be, and what is worse than the baseline of its kind, beyond doubt. */
export function faultsOf(judged: readonly Judged[]): string[] {
  return judged.flatMap(({ name, rival, dropout, evaluation }) => {
    const { own, differences, baselines } = evaluation;
    const who = dropout === 0 ? name : `${name} with ${dropout} dropped out`;
    const faults = (['bad', 'short', 'duplicates'] as const)
      .filter((figure) => own[figure] !== 0)
      .map((figure) => `${who}: ${figure} is ${own[figure]}, not 0.`);
    const best = rival && bestBaselines(baselines)[rival];
    const difference = differences.get(best?.strategy ?? '');
    if (best !== undefined && difference === undefined)
      faults.push(`${who} was not compared with ${best.strategy}.`);
    if (best !== undefined && difference !== undefined && difference.high < 0)
      faults.push(
        `${who} is below ${best.strategy}: ${difference.mean} (${difference.low}..${difference.high}).`,
      );
    return faults;
  });
}

import { compose } from '@widget-mediator/composition';
import { spreadOf } from '../measure/spread.ts';
import type { PageFigures, SizeFigures } from './compositionReport.ts';
import type { Contestant, Field } from './contestants.ts';
import type { Round } from './measureRounds.ts';
import { plainPage, scoredLists, scoreOfPlainPage } from './plainPipeline.ts';
import type { StageTimes } from './timeStages.ts';

/** A size with what is asked of it, and what the stages of its greedy page took in each round. */
export interface MeasuredField {
  readonly field: Field;
  /** Of scoring and greedy together. */
  readonly goalUs: number;
  readonly stages: readonly StageTimes[];
}

/** @param rounds those that are kept */
export function sizeFigures({ field, goalUs, stages }: MeasuredField, rounds: readonly Round[]): SizeFigures {
  const { size, contestants, inputs } = field;
  const timesOf = (contestant: Contestant | undefined) =>
    rounds.map(({ us }) => (contestant === undefined ? Number.NaN : (us.get(contestant) ?? Number.NaN)));
  const plainUs = timesOf(contestants.find(({ kind }) => kind === 'plain'));
  const best = compose(inputs.searched).search.score;
  const pages = contestants.map((contestant): PageFigures => {
    const us = timesOf(contestant);
    const { score, iterations } = resultOf(field, contestant);
    return {
      kind: contestant.kind,
      us: spreadOf(us),
      ofPlain: spreadOf(us.map((time, round) => time / (plainUs[round] ?? Number.NaN))),
      scoreOfSearched: score / best,
      iterations,
    };
  });
  const stagesUs = {
    admit: spreadOf(stages.map(({ admit }) => admit)),
    score: spreadOf(stages.map(({ score }) => score)),
    allocate: spreadOf(stages.map(({ allocate }) => allocate)),
    explain: spreadOf(stages.map(({ explain }) => explain)),
    both: spreadOf(stages.map(({ score, allocate }) => score + allocate)),
  };
  return { ...size, pages, stagesUs, goalUs };
}

function resultOf({ inputs }: Field, { kind }: Contestant): { score: number; iterations: number } {
  if (kind !== 'plain') return compose(inputs[kind]).search;
  const { greedy } = inputs;
  return { score: scoreOfPlainPage(greedy, plainPage(scoredLists(greedy))), iterations: 0 };
}

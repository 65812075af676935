import { setImmediate } from 'node:timers/promises';
import { describeHost } from '../report/describeMachine.ts';
import type { CompositionReport } from './compositionReport.ts';
import { createField, pageKinds } from './contestants.ts';
import type { Size } from './generateInput.ts';
import { type Growth, growthFigures } from './growthFigures.ts';
import { measureRounds } from './measureRounds.ts';
import type { CompositionOptions } from './options.ts';
import { sizeFigures } from './sizeFigures.ts';
import { type StageTimes, timeStages } from './timeStages.ts';

/** What is measured: pages of some sizes in every way, and how time grows, by kind of page. */
export interface Programme {
  readonly sizes: readonly (Size & { readonly goalUs: number })[];
  readonly candidates: readonly number[];
  readonly items: readonly number[];
}

export const wholeProgramme: Programme = {
  sizes: [
    { candidates: 20, items: 40, goalUs: 15 },
    { candidates: 200, items: 50, goalUs: 80 },
    { candidates: 1_000, items: 50, goalUs: 800 },
  ],
  candidates: [10, 20, 50, 100, 200, 500, 1_000, 2_000],
  items: [10, 20, 50, 100, 200],
};

export interface Surroundings {
  /** The top folder of the repository. */
  readonly root: string;
  readonly onTurn: (what: string) => void;
}

/** How many turns a run takes when no round is discarded. */
export function turnsOf({ sizes, candidates, items }: Programme, { plan }: CompositionOptions): number {
  const perRound = sizes.length * pageKinds.length + 2 * (candidates.length + items.length);
  return perRound * (1 + plan.rounds) + sizes.length * plan.rounds;
}

/** Measures all of the programme in this process. */
export async function runComposition(
  programme: Programme,
  { plan, quick }: CompositionOptions,
  { root, onTurn }: Surroundings,
): Promise<CompositionReport> {
  const machine = await describeHost(root);
  const fields = programme.sizes.map(({ goalUs, ...size }) => ({
    goalUs,
    field: createField(size, pageKinds),
  }));
  const growths = growthsOf(programme);
  const contestants = [...fields.map(({ field }) => field), ...growths.flatMap((growth) => growth.fields)];
  const rounds = await measureRounds(
    contestants.flatMap((field) => field.contestants),
    plan,
    onTurn,
  );
  const measured = fields.map(({ field, goalUs }) => ({ field, goalUs, stages: [] as StageTimes[] }));
  for (let round = 0; round < plan.rounds; round++) {
    for (const { field, stages } of measured) {
      onTurn(`stages ${round + 1}: ${field.size.candidates} x ${field.size.items}`);
      await setImmediate();
      stages.push(timeStages(field.inputs.greedy, plan.stagesMs));
    }
  }
  const kept = rounds.filter((round) => round.kept);
  return {
    schema: 2,
    at: new Date().toISOString(),
    quick,
    machine,
    rounds: { wanted: plan.rounds, kept: kept.length, discarded: rounds.length - kept.length },
    control: rounds.map(({ control: { cpuPerPageUs, p99Ms }, kept: isKept }) => ({
      pieceUs: cpuPerPageUs,
      p99Ms,
      kept: isKept,
    })),
    sizes: measured.map((one) => sizeFigures(one, kept)),
    growth: growths.flatMap((growth) => growthFigures(growth, kept)),
  };
}

const growthsOf = ({ candidates, items }: Programme): Growth[] => [
  {
    of: 'candidates',
    fields: candidates.map((count) => createField({ candidates: count, items: 40 }, ['greedy', 'searched'])),
  },
  {
    of: 'items',
    fields: items.map((count) => createField({ candidates: 50, items: count }, ['greedy', 'searched'])),
  },
];

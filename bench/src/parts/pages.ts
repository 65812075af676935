import { measureRounds, warmUp } from '../measure/measureRounds.ts';
import type { BenchOptions } from '../options.ts';
import { comparisonsOf } from '../report/comparisonFigures.ts';
import { partFigures } from '../report/partFigures.ts';
import { serverFigures } from '../report/serverFigures.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import type { Part } from './part.ts';
import { setUpAll } from './setUpAll.ts';

/** The pages that are asked for, of the mediator and all its peers, in one interleaved run. */
export function pages(options: BenchOptions): Part {
  const { plan } = options;
  const chosen = chosenScenarios(options);
  const servers = chosen.reduce((sum, { peers }) => sum + 1 + peers.length, 0);
  return {
    turns: servers * (1 + plan.rounds),
    async measure({ stage, instruments, onTurn }) {
      if (chosen.length === 0) return {};
      const contestants = await setUpAll(stage, chosen);
      await warmUp(instruments, contestants, { plan, onTurn });
      const measured = await measureRounds(instruments, contestants, { plan, onTurn });
      const figures = contestants.map((one) =>
        serverFigures(one, measured.rounds, plan.pagesPerSecond[one.scenario.kind]),
      );
      return {
        parts: [partFigures('pages', plan.rounds, measured)],
        servers: figures,
        comparisons: comparisonsOf(contestants, figures),
      };
    },
  };
}

/** The pages that are asked for. */
export const chosenScenarios = ({ only }: BenchOptions): readonly Scenario[] =>
  scenarios.filter(({ kind }) => only.some((subject) => subject === kind));

import type { Round } from '../measure/measureRounds.ts';
import type { BenchOptions } from '../options.ts';
import type { BenchReport, Machine } from './benchReport.ts';
import { comparisonFigures } from './comparisonFigures.ts';
import { type Competitor, serverFigures } from './serverFigures.ts';

/** What was measured, and of whom. */
export interface Measured {
  readonly contestants: readonly Competitor[];
  readonly rounds: readonly Round[];
  readonly machine: Machine;
}

/** All figures of a run. */
export function createReport(
  { contestants, rounds, machine }: Measured,
  { plan, quick }: BenchOptions,
): BenchReport {
  const servers = contestants.map((contestant) =>
    serverFigures(contestant, rounds, plan.pagesPerSecond[contestant.scenario.name]),
  );
  const comparisons = contestants.flatMap(({ name, scenario, peer }) => {
    const own = servers.find(({ server }) => server === `mediator-${scenario.name}`);
    const other = servers.find(({ server }) => server === name);
    return peer === undefined || own === undefined || other === undefined
      ? []
      : [comparisonFigures(own, other, peer.target)];
  });
  const kept = rounds.filter((round) => round.kept).length;
  return {
    schema: 1,
    at: new Date().toISOString(),
    quick,
    machine,
    plan,
    rounds: { wanted: plan.rounds, kept, discarded: rounds.length - kept },
    control: rounds.map(({ control, kept: counts }) => ({ ...control, kept: counts })),
    servers,
    comparisons,
  };
}

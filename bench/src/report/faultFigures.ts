import { conditions } from '../faults/fault.ts';
import { budgetMs } from '../faults/faultyPage.ts';
import { type BreakerState, breakerStates, type FaultRound } from '../faults/measureFaults.ts';
import type { FaultFigures } from './benchReport.ts';
import { latenciesOf } from './serverFigures.ts';

/** What is asked of a page with one hung source of fifteen; of the others the figures are only shown. */
const hungTargets: Readonly<Record<BreakerState, readonly Omit<FaultTarget, 'met'>[]>> = {
  closed: [
    { figure: 'p50OverBudgetMs', atMost: 4, aim: 2 },
    { figure: 'p99OverBudgetMs', atMost: 10, aim: 5 },
  ],
  open: [{ figure: 'p50OverHealthyMs', atMost: 2, aim: 1 }],
};
type FaultTarget = FaultFigures['targets'][number];

/** By condition and breaker, over all pages of the rounds that are kept. */
export function faultFigures(rounds: readonly FaultRound[]): FaultFigures[] {
  const turns = rounds.filter(({ kept }) => kept).flatMap((round) => round.turns);
  return breakerStates.flatMap((breaker) => {
    const latencies = conditions.map((condition) => {
      const same = turns.filter((turn) => turn.condition === condition && turn.breaker === breaker);
      return { condition, us: same.flatMap(({ load }) => load.latenciesUs) };
    });
    const healthy = latenciesOf(latencies.find(({ condition }) => condition === 'healthy')?.us ?? []);
    return latencies.map(({ condition, us }): FaultFigures => {
      const own = latenciesOf(us);
      const figures = {
        p50OverBudgetMs: own.p50Ms - budgetMs,
        p99OverBudgetMs: own.p99Ms - budgetMs,
        p50OverHealthyMs: own.p50Ms - healthy.p50Ms,
        p99OverHealthyMs: own.p99Ms - healthy.p99Ms,
      };
      const targets = condition === 'hung' ? hungTargets[breaker] : [];
      return {
        condition,
        breaker,
        pages: us.length,
        ...own,
        ...figures,
        targets: targets.map((target) => ({ ...target, met: verdictOf(figures[target.figure], target) })),
      };
    });
  });
}

function verdictOf(value: number, { atMost, aim }: Omit<FaultTarget, 'met'>): FaultTarget['met'] {
  if (value <= aim) return 'aim';
  return value <= atMost ? 'yes' : 'no';
}

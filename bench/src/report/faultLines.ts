import { budgetMs } from '../faults/faultyPage.ts';
import type { FaultFigures } from './benchReport.ts';
import { saysMet, section } from './section.ts';

/** Latency of pages by what is wrong with their sources. */
export function faultLines(faults: readonly FaultFigures[]): string[] {
  const title = `budget ${budgetMs} ms`;
  return section(
    [title, 'breaker', 'p50 ms', 'p99 ms', 'over budget', 'over healthy', 'met?'],
    faults.map((fault) => [
      fault.condition,
      fault.breaker,
      fault.p50Ms.toFixed(1),
      fault.p99Ms.toFixed(1),
      `${signed(fault.p50OverBudgetMs)} / ${signed(fault.p99OverBudgetMs)}`,
      `${signed(fault.p50OverHealthyMs)} / ${signed(fault.p99OverHealthyMs)}`,
      fault.targets.map(({ met }) => saysMet(met)).join(' / ') || '-',
    ]),
  );
}

const signed = (ms: number): string => `${ms < 0 ? '' : '+'}${ms.toFixed(1)}`;

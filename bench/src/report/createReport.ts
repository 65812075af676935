import type { BenchOptions } from '../options.ts';
import type { BenchReport, Findings, Machine } from './benchReport.ts';

/** What the parts of a run found, as one report. */
export function createReport(
  found: readonly Partial<Findings>[],
  machine: Machine,
  { plan, quick }: Pick<BenchOptions, 'plan' | 'quick'>,
): BenchReport {
  return {
    schema: 7,
    at: new Date().toISOString(),
    quick,
    machine,
    plan: { ...plan, sizes: { sources: [...plan.sizes.sources], registered: [...plan.sizes.registered] } },
    parts: found.flatMap(({ parts = [] }) => parts),
    servers: found.flatMap(({ servers = [] }) => servers),
    comparisons: found.flatMap(({ comparisons = [] }) => comparisons),
    growth: found.flatMap(({ growth = [] }) => growth),
    faults: found.flatMap(({ faults = [] }) => faults),
    hung: found.flatMap(({ hung = [] }) => hung),
    publications: found.flatMap(({ publications = [] }) => publications),
  };
}

import { setImmediate } from 'node:timers/promises';
import type { Composition } from '@widget-mediator/composition';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Meters of composed pages. */
export interface CompositionMetrics {
  /** One page, as it was composed. */
  page(composition: Pick<Composition, 'search'>): void;
  /** How far a sampled page is from the best one at most; works in steps, and lets others go on in between. */
  gap(composition: Pick<Composition, 'certification'>): Promise<void>;
}

/** Counts in `registry`. Names of passes come from the table of passes. */
export function createCompositionMetrics(registry: Registry): CompositionMetrics {
  const registers = [registry];
  const withdrawn = new Counter({
    name: 'mediator_composition_passes_withdrawn_total',
    help: 'Pages that a pass broke a promise of, so that the page before it stood. A fault of ours: alert on any.',
    labelNames: ['pass'],
    registers,
  });
  const gaps = new Histogram({
    name: 'mediator_optimality_gap',
    help: 'Of sampled pages: 1 - score / bound, what a better page could gain at most.',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
    registers,
  });
  return {
    page({ search }) {
      for (const pass of search.passes) if (pass.withdrawn) withdrawn.inc({ pass: pass.name });
    },
    async gap(composition) {
      const steps = composition.certification();
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done === true) {
          gaps.observe(step.value.gap);
          return;
        }
        await setImmediate();
      }
    },
  };
}

import type { Layout } from '@widget-mediator/contracts';

/** A layout that states nothing but its placements and its pool, as its schema completes it. */
export const plainLayout: Omit<Layout, 'placements' | 'editorial'> = {
  apiVersion: 'widget-mediator/v1',
  kind: 'Layout',
  id: 'home',
  version: '1',
  deadlineMs: 150,
  assemblyReserveMs: 10,
  strategy: 'consensus',
  prior: [],
  caps: [],
  seen: { weight: 0.5, halfLifeHours: 24 },
  stability: 0,
  passes: { reallocate: true, search: true, iterations: 64 },
};

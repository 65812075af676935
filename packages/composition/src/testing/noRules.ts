import type { Layout } from '@widget-mediator/contracts';

/** The page-wide rules of a layout that states none, as its schema has them. */
export const noRules: Pick<Layout, 'caps' | 'seen' | 'stability' | 'passes'> = {
  caps: [],
  seen: { weight: 0.5, halfLifeHours: 24 },
  stability: 0,
  passes: { reallocate: true, search: true, iterations: 64 },
};

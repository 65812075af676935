import type { Layout } from '@widget-mediator/contracts';
import type { Entry } from '../admit.ts';
import type { Strategy } from './strategy.ts';

/** The editors' order and nothing else: no item is worth more than another. */
export const editorial: Strategy = {
  prepare: (entry) => {
    const rankOf = priorRank(entry);
    return {
      name: 'editorial',
      rankOf,
      weighedSum: () => 0,
      writeWorths: (_candidate, count, worths) => worths.fill(0, 0, count),
      partsOf: (index) => ({ rank: rankOf(index) }),
    };
  },
};

/** By candidate: its index in the layout's prior; widgets that are not in it share the rank after the last. */
export function priorRank({ input: { candidates, layout } }: Entry): (candidate: number) => number {
  const order = priorOf(layout);
  return (index) => order.get(candidates[index]?.widget ?? '') ?? layout.prior.length;
}

/** Layouts are immutable and outlive pages: each prior is indexed once. */
const priors = new WeakMap<Layout, ReadonlyMap<string, number>>();

function priorOf(layout: Layout): ReadonlyMap<string, number> {
  const known = priors.get(layout);
  if (known) return known;
  const order = new Map<string, number>();
  for (const [index, widget] of layout.prior.entries()) if (!order.has(widget)) order.set(widget, index);
  priors.set(layout, order);
  return order;
}

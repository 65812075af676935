import { type Allocation, createAllocation } from './allocation.ts';
import { fillGreedily } from './passes/fillGreedily.ts';
import { honourPins } from './passes/honourPins.ts';
import type { Contest } from './score.ts';

/**
 * One way to better a page. A pass takes a page that keeps the invariants to one that keeps them: a placement has at
 * most one widget and a widget one placement, between min and max items are shown, claims are those of what is
 * displayed, and no two displayed items are in conflict.
 */
export type Pass = (allocation: Allocation) => void;

const passes: readonly Pass[] = [honourPins, fillGreedily];

/** The third stage: dedupe, minimum, selection and placement as one step, in which only what is displayed claims. */
export function allocate(contest: Contest): Allocation {
  const allocation = createAllocation(contest);
  for (const pass of passes) pass(allocation);
  return allocation;
}

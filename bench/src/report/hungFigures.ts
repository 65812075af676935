import { budgetMs } from '../faults/faultyPage.ts';
import type { BreakerState } from '../faults/measureFaults.ts';
import type { Memory, Watched } from '../hung/measureHung.ts';
import { percentile } from '../measure/percentile.ts';
import type { HungPlan } from '../options.ts';
import type { HungFigures } from './benchReport.ts';

const mostGrowth = 0.15;

/** What a mediator held before and after, and how many calls to the hung source were in flight. */
export function hungFigures(
  breaker: BreakerState,
  { memory: { before, after }, inFlight }: Watched,
  { requestsPerSecond, seconds }: HungPlan,
): HungFigures {
  const rss = growthOf(before, after, 'rss');
  const heap = growthOf(before, after, 'heapUsed');
  const p50 = percentile(inFlight, 0.5);
  /** Little's law: what comes in and stays for a budget each. */
  const p50AtMost = breaker === 'open' ? 0 : (requestsPerSecond * budgetMs) / 1_000;
  return {
    breaker,
    seconds,
    rss,
    heap,
    inFlight: { p50, most: Math.max(...inFlight), p50AtMost },
    mostGrowth,
    isFlat: Math.max(rss.growth, heap.growth) <= mostGrowth,
    isBounded: p50 <= p50AtMost,
  };
}

function growthOf(before: Memory, after: Memory, what: keyof Memory): HungFigures['rss'] {
  const mebibytes = (memory: Memory) => memory[what] / 2 ** 20;
  return {
    beforeMiB: mebibytes(before),
    afterMiB: mebibytes(after),
    growth: after[what] / before[what] - 1,
  };
}

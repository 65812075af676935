import type { BreakerTransition, SourceStatus } from '@widget-mediator/contracts';
import type { CacheOutcome } from './withCache.ts';

/** What is told of one source, in few numbers. */
export type SourceRecord = Pick<SourceStatus, 'breaches' | 'calls' | 'latencyMs' | 'outcomes' | 'cache'> & {
  readonly history: BreakerTransition[];
};

/** What this process remembers of one source: as much after a year as after a minute. */
export interface SourceBook {
  /** What became of a question; `ms` is how long that took. */
  outcome(outcome: string, ms: number): void;
  breach(budget: string): void;
  cached(outcome: CacheOutcome): void;
  transition(change: Omit<BreakerTransition, 'at'>): void;
  read(): SourceRecord;
}

const latenciesKept = 256;
const transitionsKept = 20;

/** Outcomes of questions that were not put to the source: how long those took says nothing about it. */
const refusals: ReadonlySet<string> = new Set([
  'breaker-open',
  'recovering',
  'rate-exceeded',
  'too-busy',
  'endpoint-not-allowed',
]);

/** @param now milliseconds since the epoch */
export function createSourceBook(now: () => number): SourceBook {
  const latencies = new Float64Array(latenciesKept);
  const outcomes = new Map<string, number>();
  const breaches = new Map<string, number>();
  const cache = new Map<string, number>();
  const history: BreakerTransition[] = [];
  let calls = 0;

  return {
    outcome(outcome, ms) {
      count(outcomes, outcome);
      if (refusals.has(outcome)) return;
      latencies[calls % latenciesKept] = ms;
      calls += 1;
    },
    breach: (budget) => count(breaches, budget),
    cached: (outcome) => count(cache, outcome),
    transition(change) {
      history.unshift({ at: new Date(now()).toISOString(), ...change });
      history.length = Math.min(history.length, transitionsKept);
    },
    read: () => ({
      calls,
      latencyMs: quantiles(),
      outcomes: Object.fromEntries(outcomes),
      breaches: Object.fromEntries(breaches),
      cache: Object.fromEntries(cache),
      history: [...history],
    }),
  };

  function quantiles(): SourceRecord['latencyMs'] {
    if (calls === 0) return null;
    const sorted = latencies.slice(0, Math.min(calls, latenciesKept)).sort();
    return { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), p99: percentile(sorted, 0.99) };
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Of ascending numbers, the smallest that is not below the share (nearest rank), to a hundredth. */
function percentile(sorted: Float64Array, share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return Math.round(100 * (sorted[rank - 1] ?? 0)) / 100;
}

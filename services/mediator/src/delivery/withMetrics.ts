import type { SourceMetrics } from '../observability/metrics.ts';
import type { Source } from './source.ts';

/** Counts the calls of one source by outcome and measures how long they took. */
export function withMetrics(source: Source, metrics: SourceMetrics): Source {
  return async (ask) => {
    const startedAt = performance.now();
    const answer = await source(ask);
    metrics.observe(
      answer.status === 'entered' ? 'entered' : answer.code,
      (performance.now() - startedAt) / 1000,
    );
    return answer;
  };
}

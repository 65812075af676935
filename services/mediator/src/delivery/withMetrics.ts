import type { Source } from './source.ts';

/** Tells what became of each question to one source, and how many ms that took. */
export function withMetrics(source: Source, onOutcome: (outcome: string, ms: number) => void): Source {
  return async (ask) => {
    const startedAt = performance.now();
    const answer = await source(ask);
    onOutcome(answer.status === 'entered' ? 'entered' : answer.code, performance.now() - startedAt);
    return answer;
  };
}

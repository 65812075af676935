import { type Answer, absent, cancel, newCancellation, type Source } from './source.ts';

/** Gives the source `latencyMs` for everything, body and parsing included; then the exchange is cancelled. */
export function withDeadline(source: Source, latencyMs: number): Source {
  return (ask) =>
    new Promise<Answer>((resolve, reject) => {
      const cancellation = newCancellation();
      const timer = setTimeout(() => {
        resolve(absent('timeout'));
        cancel(cancellation);
      }, latencyMs);
      source({ ...ask, cancellation })
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
}

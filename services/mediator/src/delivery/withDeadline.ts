import { type Absent, type Asked, absent, cancel, newCancellation, type Question } from './source.ts';

/** Gives who is asked `latencyMs` for everything, body and parsing included; then the exchange is cancelled. */
export function withDeadline<Q extends Question, Brought>(
  asked: Asked<Q, Brought>,
  latencyMs: number,
): Asked<Q, Brought> {
  return (question) =>
    new Promise<Brought | Absent>((resolve, reject) => {
      const cancellation = newCancellation();
      const timer = setTimeout(() => {
        resolve(absent('timeout'));
        cancel(cancellation);
      }, latencyMs);
      asked({ ...question, cancellation })
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
}

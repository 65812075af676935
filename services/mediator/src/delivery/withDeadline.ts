import { type Absent, type Asked, absent, cancel, newCancellation, type Question } from './source.ts';

/**
 * Gives who is asked `latencyMs` for everything, body and parsing included; then the exchange is cancelled. An answer that
 * is ready only after that is late, though no timer came in between. Who asked may cancel before.
 */
export function withDeadline<Q extends Question, Brought>(
  asked: Asked<Q, Brought>,
  latencyMs: number,
): Asked<Q, Brought> {
  return (question) =>
    new Promise<Brought | Absent>((resolve, reject) => {
      const outer = question.cancellation;
      if (outer.cancelled) {
        resolve(absent('abandoned'));
        return;
      }
      const startedAt = performance.now();
      const cancellation = newCancellation();
      const giveUp = (code: 'timeout' | 'abandoned') => {
        clearTimeout(timer);
        resolve(absent(code));
        cancel(cancellation);
      };
      const timer = setTimeout(giveUp, latencyMs, 'timeout');
      outer.onCancel = () => giveUp('abandoned');
      asked({ ...question, cancellation }).then(
        (answer) => {
          clearTimeout(timer);
          resolve(performance.now() - startedAt > latencyMs ? absent('timeout') : answer);
        },
        (error: unknown) => {
          clearTimeout(timer);
          reject(error);
        },
      );
    });
}

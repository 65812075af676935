import { type Asked, absent, type Question } from './source.ts';

/** Lets at most `maxInFlight` calls run at once; one more is refused, not queued. */
export function withBulkhead<Q extends Question, Brought>(
  asked: Asked<Q, Brought>,
  maxInFlight: number,
): Asked<Q, Brought> {
  let inFlight = 0;
  return async (question) => {
    if (inFlight >= maxInFlight) return absent('too-busy');
    inFlight += 1;
    try {
      return await asked(question);
    } finally {
      inFlight -= 1;
    }
  };
}

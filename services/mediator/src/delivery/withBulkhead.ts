import { absent, type Source } from './source.ts';

/** Lets at most `maxInFlight` calls run at once; one more is refused, not queued. */
export function withBulkhead(source: Source, maxInFlight: number): Source {
  let inFlight = 0;
  return async (ask) => {
    if (inFlight >= maxInFlight) return absent('too-busy');
    inFlight += 1;
    try {
      return await source(ask);
    } finally {
      inFlight -= 1;
    }
  };
}

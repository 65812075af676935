import type { ServerResponse } from 'node:http';
import { type Cancellation, cancel, newCancellation } from '../delivery/source.ts';

/** Is cancelled when the connection closes before the response was given to it whole: nobody waits for it any more. */
export function departureOf(response: ServerResponse): Cancellation {
  const departure = newCancellation();
  if (response.destroyed) cancel(departure);
  response.once('close', () => {
    if (!response.writableEnded) cancel(departure);
  });
  return departure;
}

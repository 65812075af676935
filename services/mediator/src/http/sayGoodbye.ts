import type http from 'node:http';
import { createPlaces } from './places.ts';

/**
 * Once called, every answer, of those in flight too, tells its client that the connection ends with it: who keeps
 * connections opens the next elsewhere, instead of finding this one closed under a request.
 */
export function sayGoodbye(server: http.Server): () => void {
  const inFlight = createPlaces<http.ServerResponse>();
  let leaving = false;
  server.prependListener('request', (_request: unknown, response: http.ServerResponse) => {
    response.shouldKeepAlive &&= !leaving;
    response.once('close', inFlight.take(response));
  });
  return () => {
    leaving = true;
    for (const response of inFlight.all()) response.shouldKeepAlive = false;
  };
}

import type http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on a free port each, tells the bench which, and ends when the bench does. */
export function listen(...servers: readonly http.Server[]): void {
  let listening = 0;
  for (const server of servers) {
    // As the mediator has it: connections live from round to round.
    server.keepAliveTimeout = 75_000;
    server.listen(0, '127.0.0.1', () => {
      listening += 1;
      if (listening === servers.length) process.send?.({ ports: servers.map(portOf) });
    });
  }
  process.once('disconnect', () => process.exit());
}

function portOf(server: http.Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server is not on a port');
  return address.port;
}

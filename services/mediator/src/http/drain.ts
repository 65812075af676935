import type http from 'node:http';

/** Stops accepting, and waits for what is in flight, at most `drainMs`. */
export function drain(server: http.Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

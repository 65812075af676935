import http from 'node:http';
import { faultOf } from './faultOf.ts';
import type { Load } from './load.ts';
import { numbered } from './numbered.ts';

/** One answer, once it is there in full. `fault` says why it is no complete page. */
export interface Answered {
  readonly atMs: number;
  readonly fault: string | undefined;
  /** Whether the text that was looked for is in it. */
  readonly found: boolean;
}

/** Asks one server for pages, over connections that are kept alive and used in turn. */
export interface Client {
  /** Never rejects. */
  readonly ask: (now: () => number) => Promise<Answered>;
  readonly close: () => void;
}

/** Of fixed width, so that all requests are as long; shared by all clients, so that no viewer comes twice. */
let nextNumber = 1_000_000_000;

export function createClient({ port, path, headers, marks, lookFor, connections }: Load): Client {
  const limits = { maxSockets: connections, maxFreeSockets: connections };
  const agent = new http.Agent({ keepAlive: true, scheduling: 'fifo', ...limits });

  return {
    ask: (now) =>
      new Promise((resolve) => {
        nextNumber += 1;
        const options = {
          agent,
          host: '127.0.0.1',
          port,
          path: numbered(path, nextNumber),
          headers,
        };
        const fail = (error: Error) =>
          resolve({ atMs: now(), fault: `did not answer: ${error.message}`, found: false });
        const request = http.get(options, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', fail);
          response.once('end', () => {
            const atMs = now();
            const body = Buffer.concat(chunks);
            const found = lookFor !== undefined && body.includes(lookFor);
            resolve({ atMs, fault: faultOf(response.statusCode, body, marks), found });
          });
        });
        request.once('error', fail);
      }),
    close: () => agent.destroy(),
  };
}

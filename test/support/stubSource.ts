import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a stub source answers one request. */
export type Behaviour = (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void;

/** A recommender service whose behaviour a test can change while it runs. */
export interface StubSource {
  readonly endpoint: string;
  readonly asked: { headers: http.IncomingHttpHeaders; body: string }[];
  /** Exchanges that are open right now. */
  open(): number;
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export async function startStubSource(behaviour: Behaviour): Promise<StubSource> {
  let behave = behaviour;
  let open = 0;
  const asked: StubSource['asked'] = [];
  const server = http.createServer((request, response) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      asked.push({ headers: request.headers, body });
      behave(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}/widget`,
    asked,
    open: () => open,
    behave(next) {
      behave = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with this value as JSON. */
export const answers =
  (value: unknown, status = 200): Behaviour =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };

/** Never answers. */
export const hangs: Behaviour = () => {};

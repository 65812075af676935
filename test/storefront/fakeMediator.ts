import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ProblemCode, problemTable, problemType } from '@widget-mediator/contracts';
import { fakePage } from './fakePage.ts';

export const READ_KEY = 'read-key-of-the-tests';
export const OPERATOR_KEY = 'operator-key-of-the-tests';

/** How the fake answers from now on. `hold` keeps every answer back until it is set to false. */
export type Behaviour = { degraded: boolean; unavailable: boolean; unexplained: boolean; hold: boolean };

export type FakeMediator = {
  readonly port: number;
  readonly url: string;
  /** Every homepage call so far: its query, and the key it came with. */
  readonly calls: { readonly query: URLSearchParams; readonly key: string | undefined }[];
  readonly behave: (change: Partial<Behaviour>) => void;
  readonly close: () => Promise<void>;
};

/** The homepage call of a mediator, with the contract's shapes and keys, and faults on demand. For tests only. */
export async function startFakeMediator(port = 0): Promise<FakeMediator> {
  const behaviour: Behaviour = { degraded: false, unavailable: false, unexplained: false, hold: false };
  const calls: FakeMediator['calls'] = [];
  let held: (() => void)[] = [];

  const server = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://fake');
    const key = request.headers.authorization?.replace(/^Bearer /, '');
    if (pathname !== '/v1/homepage') return sendProblem(response, 'route-unknown');
    calls.push({ query, key });
    const answer = () => answerHomepage({ query, key, behaviour }, response);
    if (behaviour.hold) held.push(answer);
    else answer();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;

  return {
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    calls,
    behave: (change) => {
      Object.assign(behaviour, change);
      if (behaviour.hold) return;
      for (const answer of held) answer();
      held = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Call = {
  readonly query: URLSearchParams;
  readonly key: string | undefined;
  readonly behaviour: Behaviour;
};

function answerHomepage(call: Call, response: ServerResponse<IncomingMessage>): void {
  const refusal = refuse(call);
  if (refusal) {
    sendProblem(response, refusal);
    return;
  }
  const { query, behaviour } = call;
  const page = fakePage({
    user: query.get('user') ?? undefined,
    explain: query.get('explain') === 'true',
    degraded: behaviour.degraded,
  });
  response.writeHead(200, {
    'content-type': 'application/json',
    'server-timing': 'collect;dur=36.2, compose;dur=0.4, total;dur=37.9',
  });
  response.end(JSON.stringify(page));
}

function refuse({ query, key, behaviour }: Call): ProblemCode | undefined {
  const explain = query.get('explain') === 'true';
  if (behaviour.unavailable) return 'store-unavailable';
  if (explain && (key !== OPERATOR_KEY || behaviour.unexplained)) return 'scope-missing';
  if (query.has('user') && key !== READ_KEY && key !== OPERATOR_KEY) return 'key-missing';
  return undefined;
}

function sendProblem(response: ServerResponse<IncomingMessage>, code: ProblemCode): void {
  const { status, title, action } = problemTable[code];
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(
    JSON.stringify({ type: problemType(code), title, status, detail: action, instance: 'urn:fake' }),
  );
}

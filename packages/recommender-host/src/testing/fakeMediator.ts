import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AcceptedManifest,
  type ProblemCode,
  Publication,
  problemTable,
  problemType,
  type Registration,
  type WidgetId,
} from '@widget-mediator/contracts';

export type FakeMediator = {
  readonly url: string;
  readonly registrations: Map<WidgetId, Registration>;
  /** By widget, newest last, of all audiences. */
  readonly publications: Map<WidgetId, Publication[]>;
  /** Every call, as `PUT /v1/widgets/popular`. */
  readonly calls: string[];
  /** While set, every call is answered with this problem. */
  refusing: ProblemCode | undefined;
  /** As a mediator whose store was emptied. */
  readonly loseState: () => void;
  readonly close: () => Promise<void>;
};

/** The publishing half of the mediator, in memory, over real HTTP; validates with the contract's schemas. */
export async function startFakeMediator(): Promise<FakeMediator> {
  const fake = {
    registrations: new Map<WidgetId, Registration>(),
    publications: new Map<WidgetId, Publication[]>(),
    calls: [] as string[],
    refusing: undefined as ProblemCode | undefined,
  };
  const server = createServer((request, response) => void answer(state, request, response));
  const url = await listen(server);
  const state: FakeMediator = Object.assign(fake, {
    url,
    loseState: () => {
      fake.registrations.clear();
      fake.publications.clear();
    },
    close: () => close(server),
  });
  return state;
}

type Reply = { readonly status: number; readonly body: unknown };

async function answer(fake: FakeMediator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readJson(request);
  const call = `${request.method} ${request.url}`;
  fake.calls.push(call);
  const authorised = request.headers.authorization?.startsWith('Bearer ');
  const reply = authorised ? replyTo(fake, call, body) : problem('key-missing');
  const type = reply.status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(reply.status, { 'content-type': type }).end(JSON.stringify(reply.body));
}

function replyTo(fake: FakeMediator, call: string, body: unknown): Reply {
  if (fake.refusing) return problem(fake.refusing);
  const [, method, widget] = /^(PUT|POST) \/v1\/widgets\/([a-z0-9-]+)(?:\/publications)?$/.exec(call) ?? [];
  if (!widget) return problem('route-unknown');
  return method === 'PUT' ? register(fake, body) : publish(fake, widget, body);
}

function register(fake: FakeMediator, body: unknown): Reply {
  const { data: manifest } = AcceptedManifest.safeParse(body);
  if (!manifest) return problem('validation-failed');
  const known = fake.registrations.get(manifest.metadata.id);
  if (known && same(known.manifest, manifest)) return { status: 200, body: known };
  // Distinct for each change, without a clock.
  const updatedAt = new Date(fake.calls.length).toISOString();
  const registration = { manifest, revision: (known?.revision ?? 0) + 1, incarnation: 'first', updatedAt };
  fake.registrations.set(manifest.metadata.id, registration);
  return { status: 201, body: registration };
}

function publish(fake: FakeMediator, widget: WidgetId, body: unknown): Reply {
  if (!fake.registrations.has(widget)) return problem('widget-unknown');
  const { data: publication } = Publication.safeParse(body);
  if (!publication) return problem('validation-failed');
  const known = fake.publications.get(widget) ?? [];
  const current = known.findLast(({ audience }) => same(audience, publication.audience));
  if (current && current.version > publication.version) {
    return problem('version-outdated', { currentVersion: current.version });
  }
  const again = current?.version === publication.version;
  if (again && !same(current, publication)) return problem('version-reused');
  if (!again) fake.publications.set(widget, [...known, publication]);
  const { version, audience, items } = publication;
  const counts = { received: items.length, kept: items.length };
  const receipt = { widget, version, audience, digest: 'fake', stored: true, ...counts };
  return { status: 202, body: { ...receipt, verdicts: [], warnings: [] } };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function problem(code: ProblemCode, more: object = {}): Reply {
  const { status, title, action } = problemTable[code];
  return { status, body: { type: problemType(code), title, status, detail: action, instance: '/', ...more } };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

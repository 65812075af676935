import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type PublicationInput,
  problemTable,
  problemType,
  type WidgetManifestInput,
} from '@widget-mediator/contracts';
import type { Clock } from './clock.ts';
import type { PublisherOptions } from './connection.ts';
import { createPublisher } from './createPublisher.ts';
import { MediatorUnreachable } from './mediatorUnreachable.ts';
import { PublisherProblem } from './publisherProblem.ts';

type Seen = { method: string; url: string; authorization: string | undefined; body: unknown };
type Keys = (string | undefined)[];
type Reply = (response: ServerResponse, request: IncomingMessage) => void;

const manifest: WidgetManifestInput = {
  apiVersion: 'widget-mediator/v2',
  kind: 'Widget',
  metadata: { id: 'popular', owner: 'popular', title: 'Popular' },
  spec: { itemType: 'film', delivery: { mode: 'push' }, placements: ['row'] },
};
const publication: PublicationInput = { version: 7, items: [{ id: 'film-1', title: 'Heat' }] };
const receipt = {
  widget: 'popular',
  version: 7,
  audience: { type: 'everyone' },
  digest: 'd',
  stored: true,
  received: 1,
  kept: 1,
  verdicts: [],
  warnings: [],
};

const accept: Reply = (response) => json(response, 202, receipt);
const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map(close)));

describe('createPublisher', () => {
  it('registers with the key and returns the registration', async () => {
    const registration = { manifest, revision: 1, incarnation: 'first', updatedAt: '2026-11-23T00:00:00Z' };
    const { publisher, seen } = await against([(response) => json(response, 201, registration)]);
    await expect(publisher.register(manifest)).resolves.toMatchObject({ revision: 1 });
    expect(seen).toEqual([
      { method: 'PUT', url: '/v1/widgets/popular', authorization: 'Bearer key', body: manifest },
    ]);
  });

  it('publishes, and checks by a dry run of the same body', async () => {
    const { publisher, seen } = await against([accept, (response) => json(response, 200, receipt)]);
    await expect(publisher.publish('popular', publication)).resolves.toEqual(receipt);
    await publisher.check('popular', publication);
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v1/widgets/popular/publications',
      'POST /v1/widgets/popular/publications?dryRun=true',
    ]);
    expect(seen.map(({ body }) => body)).toEqual([publication, publication]);
  });

  it.each([429, 502, 503, 504])('retries after %i', async (status) => {
    const { publisher, seen } = await against([(response) => response.writeHead(status).end(), accept]);
    await publisher.publish('popular', publication);
    expect(seen).toHaveLength(2);
  });

  it('waits at least as long as Retry-After says', async () => {
    const busy: Reply = (response) => problem(response, 'store-unavailable', {}, { 'retry-after': '7' });
    const { publisher, clock } = await against([busy, accept]);
    await publisher.publish('popular', publication);
    expect(clock.slept).toHaveLength(1);
    expect(clock.slept[0]).toBeGreaterThanOrEqual(7_000);
    expect(clock.slept[0]).toBeLessThan(8_000);
  });

  it('backs off further with each failure, up to ten seconds', async () => {
    const down: Reply = (response) => response.writeHead(503).end();
    const { publisher, clock } = await against([...Array<Reply>(8).fill(down), accept]);
    await publisher.publish('popular', publication);
    expect(clock.slept).toEqual([125, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  });

  it('gives up when the time is over, with the last problem', async () => {
    const down: Reply = (response) => problem(response, 'store-unavailable');
    const { publisher, clock } = await against(Array<Reply>(50).fill(down), { giveUpAfterMs: 3_000 });
    await expect(publisher.publish('popular', publication)).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    expect(clock.now()).toBeLessThan(3_000);
  });

  it('does not wait for a Retry-After beyond its own limit', async () => {
    const busy: Reply = (response) => problem(response, 'rate-exceeded', { retryAfterSeconds: 120 });
    const { publisher, clock, seen } = await against([busy], { giveUpAfterMs: 60_000 });
    await expect(publisher.publish('popular', publication)).rejects.toMatchObject({ retryAfterMs: 120_000 });
    expect(clock.slept).toEqual([]);
    expect(seen).toHaveLength(1);
  });

  it('names the budget that is spent, and how long', async () => {
    const spent: Reply = (response) =>
      problem(
        response,
        'errors-exceeded',
        { budget: 'errors', retryAfterSeconds: 9 },
        { 'retry-after': '9' },
      );
    const { publisher } = await against([spent], { giveUpAfterMs: 5_000 });
    await expect(publisher.publish('popular', publication)).rejects.toMatchObject({
      code: 'errors-exceeded',
      budget: 'errors',
      retryAfterMs: 9_000,
      temporary: true,
    });
  });

  it('retries when the connection breaks', async () => {
    const { publisher, seen } = await against([(_, request) => request.socket.destroy(), accept]);
    await publisher.publish('popular', publication);
    expect(seen).toHaveLength(2);
  });

  it('retries when there is no answer in time', async () => {
    const { publisher, seen } = await against([() => undefined, accept], { callTimeoutMs: 1_000 });
    await publisher.publish('popular', publication);
    expect(seen).toHaveLength(2);
  });

  it('says that the mediator cannot be reached, and why', async () => {
    const clock = fakeClock();
    const options = { apiKey: 'key', giveUpAfterMs: 1_000, clock };
    const publisher = createPublisher({ ...options, mediatorUrl: `http://127.0.0.1:${await unusedPort()}` });
    const failure = publisher.publish('popular', publication);
    await expect(failure).rejects.toBeInstanceOf(MediatorUnreachable);
    await expect(failure).rejects.toMatchObject({ cause: { message: 'fetch failed' } });
    expect(clock.slept.length).toBeGreaterThan(1);
  });

  it('throws other problems at once, with their code, status and faults', async () => {
    const errors = [
      { pointer: '/items/0/url', detail: 'must be an absolute https: URL' },
      { pointer: '/items/1/title', detail: 'is missing' },
    ];
    const { publisher, seen } = await against([
      (response) => problem(response, 'validation-failed', { errors }),
    ]);
    const failure = publisher.publish('popular', publication);
    await expect(failure).rejects.toBeInstanceOf(PublisherProblem);
    await expect(failure).rejects.toMatchObject({ code: 'validation-failed', status: 422, errors });
    await expect(failure).rejects.toThrow('at /items/0/url: must be an absolute https: URL');
    expect(seen).toHaveLength(1);
  });

  it('says how many faults there are besides the first', async () => {
    const errors = ['/version', '/title', '/items'].map((pointer) => ({ pointer, detail: 'is wrong' }));
    const { publisher } = await against([(response) => problem(response, 'validation-failed', { errors })]);
    await expect(publisher.publish('popular', publication)).rejects.toThrow(
      '/version: is wrong (and 2 more)',
    );
  });

  it('sends an Idempotency-Key, the same with each attempt and another with each call', async () => {
    const down: Reply = (response) => response.writeHead(503).end();
    const { publisher, idempotencyKeys } = await against([down, accept, accept, accept, accept]);
    await publisher.publish('popular', publication);
    await publisher.publish('popular', publication);
    await publisher.publish('popular', publication, { idempotencyKey: 'tonight "1"' });
    await publisher.check('popular', publication);
    const [first, again, second, given, dryRun] = idempotencyKeys;
    expect(first).toMatch(/^"[\w-]{36}"$/);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
    expect([given, dryRun]).toEqual(['"tonight \\"1\\""', undefined]);
    await expect(publisher.publish('popular', publication, { idempotencyKey: 'é' })).rejects.toThrow(
      TypeError,
    );
  });

  it('waits for an attempt of its own that is still worked on', async () => {
    const busy: Reply = (response) =>
      problem(response, 'idempotency-key-in-use', { retryAfterSeconds: 1 }, { 'retry-after': '1' });
    const { publisher, seen } = await against([busy, accept]);
    await expect(publisher.publish('popular', publication)).resolves.toEqual(receipt);
    expect(seen).toHaveLength(2);
  });

  it('tells the current version when ours is outdated', async () => {
    const outdated: Reply = (response) => problem(response, 'version-outdated', { currentVersion: 9 });
    const { publisher } = await against([outdated]);
    await expect(publisher.publish('popular', publication)).rejects.toMatchObject({ currentVersion: 9 });
  });

  it.each([
    ['an error page', 404, '<html>'],
    ['a redirect', 302, ''],
    ['a success that is no receipt', 200, '{}'],
  ])('does not take %s for an answer of the mediator', async (_, status, body) => {
    const page: Reply = (response) =>
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body);
    const { publisher } = await against([page]);
    const failure = publisher.publish('popular', publication);
    await expect(failure).rejects.toMatchObject({ name: 'PublisherProblem', code: 'unrecognised', status });
  });

  it('stops when it is told to, during a call', async () => {
    const stop = new AbortController();
    const { publisher } = await against([() => stop.abort(new Error('enough'))]);
    await expect(publisher.publish('popular', publication, { signal: stop.signal })).rejects.toThrow(
      'enough',
    );
  });

  it('refuses a key or URL that cannot be sent, before any call', () => {
    expect(() => createPublisher({ mediatorUrl: 'nowhere', apiKey: 'key' })).toThrow('Invalid URL');
    const unsendable = () => createPublisher({ mediatorUrl: 'http://127.0.0.1', apiKey: 'secret\n' });
    expect(unsendable).toThrow('apiKey must be visible ASCII');
  });
});

/** A publisher against a real server that gives these replies in turn. */
async function against(replies: readonly Reply[], options: Partial<PublisherOptions> = {}) {
  const seen: Seen[] = [];
  const idempotencyKeys: Keys = [];
  const server = createServer((request, response) => {
    void readJson(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const reply = replies[seen.length];
      seen.push({ method, url, authorization: headers.authorization, body });
      idempotencyKeys.push(headers['idempotency-key']?.toString());
      reply?.(response, request);
    });
  });
  servers.push(server);
  const port = await listening(server);
  const clock = fakeClock();
  const mediatorUrl = `http://127.0.0.1:${port}/`;
  const publisher = createPublisher({ mediatorUrl, apiKey: 'key', clock, ...options });
  return { publisher, seen, clock, idempotencyKeys };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function fakeClock(): Clock & { slept: number[] } {
  let nowMs = 0;
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
    nowMs += ms;
  };
  return { now: () => nowMs, random: () => 0.5, sleep, slept };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, code: keyof typeof problemTable, more = {}, headers = {}): void {
  const { status, title } = problemTable[code];
  const body = { type: problemType(code), title, status, detail: title, instance: '/v1', ...more };
  response
    .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
    .end(JSON.stringify(body));
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await close(server);
  return port;
}

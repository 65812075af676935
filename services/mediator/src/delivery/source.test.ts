import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registration, WidgetManifest } from '@widget-mediator/contracts';
import { LRUCache } from 'lru-cache';
import { createSource } from './createSource.ts';
import { createHttpSource } from './httpSource.ts';
import { createPools } from './pools.ts';
import { type Answer, absent, cancel, type Source } from './source.ts';
import { askOf, entered } from './testing/answers.ts';
import { describeSource, type SourceUnderTest } from './testing/source.conformance.ts';
import { createTokenBucket } from './tokenBucket.ts';
import { withAdaptiveLimit } from './withAdaptiveLimit.ts';
import { createBreakerRotation, defaultBreakerOptions, withBreaker } from './withBreaker.ts';
import { withBulkhead } from './withBulkhead.ts';
import { type CachedAnswer, withCache } from './withCache.ts';
import { withDeadline } from './withDeadline.ts';
import { withMetrics } from './withMetrics.ts';
import { withRateBudget } from './withRateBudget.ts';

type Service = Omit<SourceUnderTest, 'source' | 'close'> & { readonly source: Source };

/** The source that decorators are tried around: no network, the same promises. */
function fakeSource(): Service {
  let says: Parameters<SourceUnderTest['answers']>[0] = 'items';
  let asked = 0;
  let gone = 0;
  const answerTo = (): Answer | undefined => {
    switch (says) {
      case 'items':
        return entered(3, { freshUntilMs: Infinity, staleUntilMs: Infinity });
      case 'abstention':
        return absent('abstained');
      case 'broken':
        return absent('unreachable');
      case 'nothing':
        return undefined;
    }
  };
  return {
    source: ({ cancellation }) =>
      new Promise((resolve) => {
        if (cancellation.cancelled) {
          resolve(absent('abandoned'));
          return;
        }
        asked += 1;
        cancellation.onCancel = () => {
          gone += 1;
          resolve(absent('abandoned'));
        };
        const answer = answerTo();
        if (answer !== undefined) setImmediate(resolve, answer);
      }),
    answers(what) {
      says = what;
    },
    reached: () => asked,
    letGo: async () => gone,
  };
}

/** A service over HTTP that answers with a publication, or does not. */
async function httpService() {
  let says: Parameters<SourceUnderTest['answers']>[0] = 'items';
  let asked = 0;
  let gone = 0;
  const items = [0, 1, 2].map((n) => ({ id: `i${n}`, title: 'x' }));
  const server = http.createServer((request, response) => {
    asked += 1;
    response.once('close', () => {
      if (!response.writableFinished && says === 'nothing') gone += 1;
    });
    request.resume();
    switch (says) {
      case 'items':
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ version: 1, items }));
        return;
      case 'abstention':
        response.writeHead(204).end();
        return;
      case 'broken':
        request.socket.destroy();
        return;
      case 'nothing':
        return;
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/widget`),
    answers(what: Parameters<SourceUnderTest['answers']>[0]) {
      says = what;
    },
    reached: () => asked,
    async letGo() {
      for (let n = 0; n < 50 && gone === 0 && asked > 0; n += 1)
        await new Promise((done) => setTimeout(done, 10));
      return gone;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const manifestFor = (endpoint: URL): WidgetManifest =>
  WidgetManifest.parse({
    apiVersion: 'widget-mediator/v2',
    kind: 'Widget',
    metadata: { id: 'w', owner: 't', title: 'W' },
    spec: {
      itemType: 'film',
      delivery: { mode: 'pull', endpoint: endpoint.href },
      budget: { latencyMs: 1_000, ratePerSecond: 1_000 },
      minItems: 2,
      placements: ['row'],
    },
  });

const enforced = { enforced: true, onBreach: () => {} };

describeSource('the fake that decorators are tried around', async () => ({
  ...fakeSource(),
  close: async () => {},
}));

describe.each([
  ['withDeadline', (source: Source) => withDeadline(source, 1_000)],
  ['withBulkhead', (source: Source) => withBulkhead(source, 100)],
  ['withMetrics', (source: Source) => withMetrics(source, () => {})],
  [
    'withRateBudget',
    (source: Source) =>
      withRateBudget(
        source,
        createTokenBucket(1_000, 1_000, () => performance.now()),
        enforced,
      ),
  ],
  [
    'withAdaptiveLimit',
    (source: Source) => withAdaptiveLimit(source, { latencyMs: 1_000, most: 100, policy: enforced }).source,
  ],
  [
    'withCache',
    (source: Source) =>
      withCache(source, {
        erasures: () => 0,
        name: 'w@1',
        ttlMs: 1_000,
        staleWhileRevalidateMs: 0,
        cache: new LRUCache<string, CachedAnswer>({ max: 100 }),
        now: () => 0,
        onOutcome: () => {},
        onFault: () => {},
      }).ask,
  ],
] as const)('%s', (name, decorate) => {
  describeSource(`what ${name} makes of one`, async () => {
    const fake = fakeSource();
    return { ...fake, source: decorate(fake.source), close: async () => {} };
  });
});

describeSource('what withBreaker makes of one', async () => {
  const fake = fakeSource();
  const { rotation, stop } = createBreakerRotation();
  const guarded = withBreaker(fake.source, {
    ...defaultBreakerOptions,
    isUseless: () => false,
    rotation,
    policy: enforced,
  });
  return {
    ...fake,
    source: guarded.source,
    close: async () => {
      guarded.close();
      stop();
    },
  };
});

describeSource('one that is asked over HTTP, with its deadline', async () => {
  const service = await httpService();
  const pools = createPools();
  const manifest = manifestFor(service.url);
  const http = createHttpSource({
    manifest,
    endpoint: service.url,
    dispatcher: pools.of(service.url),
    now: () => Date.now(),
  });
  return {
    ...service,
    source: withDeadline(http, manifest.spec.budget.latencyMs),
    close: async () => {
      await pools.close();
      await service.close();
    },
  };
});

describeSource('the whole that stands between a page and a service', async () => {
  const service = await httpService();
  const pools = createPools();
  const { rotation, stop } = createBreakerRotation();
  const registration = Registration.parse({
    manifest: manifestFor(service.url),
    revision: 1,
    incarnation: 'i',
    updatedAt: '2026-11-24T00:00:00Z',
  });
  const managed = createSource(registration, {
    now: () => Date.now(),
    meters: { outcome: () => {}, breach: () => {}, cached: () => {} },
    tokens: createTokenBucket(1_000, 1_000, () => performance.now()),
    isAllowed: true,
    pools,
    cache: new LRUCache<string, CachedAnswer>({ max: 100 }),
    erasures: () => 0,
    rotation,
    onFault: () => {},
  });
  return {
    ...service,
    source: managed.source.ask,
    close: async () => {
      managed.close();
      stop();
      await pools.close();
      await service.close();
    },
  };
});

describe('an HTTP source', () => {
  type Answers = (request: http.IncomingMessage, response: http.ServerResponse) => void;

  async function sourceThat(answers: Answers, now = () => Date.now()) {
    const server = http.createServer((request, response) => {
      request.resume();
      request.once('end', () => answers(request, response));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const endpoint = new URL(`http://127.0.0.1:${port}/`);
    const pools = createPools();
    const source = createHttpSource({
      manifest: manifestFor(endpoint),
      endpoint,
      dispatcher: pools.of(endpoint),
      now,
    });
    const close = async () => {
      await pools.close();
      server.close();
      await once(server, 'close');
    };
    return { source, close };
  }
  const json = (response: http.ServerResponse, value: unknown, etag?: string) => {
    response.setHeader('content-type', 'application/json');
    if (etag !== undefined) response.setHeader('etag', etag);
    response.end(JSON.stringify(value));
  };
  const items = ['a', 'b', 'c'].map((id) => ({ id, title: id }));

  test('never advertises more time than remains, nor than its own', async () => {
    const told: unknown[] = [];
    const { source, close } = await sourceThat((request, response) => {
      told.push(request.headers['x-deadline-ms']);
      json(response, { version: 1, items });
    });
    for (const remainingMs of [37.9, 5_000]) await source(askOf('k', { remainingMs }));
    expect(told).toEqual(['37', '1000']);
    await close();
  });

  test('passes the trace on', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const told: unknown[] = [];
    const { source, close } = await sourceThat((request, response) => {
      told.push(request.headers['traceparent']);
      json(response, { version: 1, items });
    });
    await source(askOf('k', { traceparent }));
    await source(askOf());
    expect(told).toEqual([traceparent, undefined]);
    await close();
  });

  test('does not take what is for another user', async () => {
    const { source, close } = await sourceThat((_request, response) =>
      json(response, { version: 1, items, audience: { type: 'user', user: 'u2' } }),
    );
    expect(await source(askOf('k', { request: { count: 10, user: 'u1' } }))).toEqual(
      absent('invalid-answer'),
    );
    expect((await source(askOf('k', { request: { count: 10, user: 'u2' } }))).status).toBe('entered');
    await close();
  });

  test('keeps the very same content, fresh for another ttl, when nothing changed', async () => {
    const clock = { now: 1_000_000 };
    const { source, close } = await sourceThat(
      (request, response) =>
        request.headers['if-none-match'] === '"v1"'
          ? response.writeHead(304).end()
          : json(response, { version: 1, items }, '"v1"'),
      () => clock.now,
    );
    const first = await source(askOf());
    if (first.status !== 'entered' || first.etag === undefined) throw new Error('no ETag was kept');
    clock.now += 50_000;
    const known = { etag: first.etag, content: first.content };
    const second = await source(askOf('k', { known }));
    if (second.status !== 'entered') throw new Error(`it is ${second.code}`);
    expect(second.etag).toBe('"v1"');
    expect(second.content.candidate).toBe(first.content.candidate);
    expect(second.content.freshUntilMs).toBe(first.content.freshUntilMs + 50_000);
    await close();
  });

  test('does not prolong what its author has ended', async () => {
    const clock = { now: Date.parse('2026-11-24T00:00:00Z') };
    const { source, close } = await sourceThat(
      (request, response) =>
        request.headers['if-none-match'] === undefined
          ? json(response, { version: 1, items, expiresAt: '2026-11-24T00:01:00Z' }, '"v1"')
          : response.writeHead(304).end(),
      () => clock.now,
    );
    const first = await source(askOf());
    if (first.status !== 'entered') throw new Error(`it is ${first.code}`);
    clock.now += 61_000;
    const known = { etag: '"v1"', content: first.content };
    expect(await source(askOf('k', { known }))).toEqual(absent('expired'));
    await close();
  });

  test('takes a 304 that nobody asked for, and a name that is none, for what they are', async () => {
    let says: Answers = (_request, response) => response.writeHead(304).end();
    const { source, close } = await sourceThat((request, response) => says(request, response));
    expect(await source(askOf())).toEqual(absent('error-status'));
    says = (_request, response) => json(response, { version: 1, items }, 'no quotes');
    expect(await source(askOf())).not.toHaveProperty('etag');
    await close();
  });

  test('hears when it may ask again', async () => {
    const { source, close } = await sourceThat((_request, response) =>
      response.writeHead(503, { 'retry-after': '7' }).end(),
    );
    expect(await source(askOf())).toEqual({ ...absent('error-status'), retryAfterMs: 7_000 });
    await close();
  });

  test('refuses content that is older than its budget of staleness, however it is brought', async () => {
    const server = await sourceThat((_request, response) => json(response, { version: 1, items }));
    await server.close();
    const manifest = manifestFor(new URL('http://127.0.0.1:9/'));
    const strict = {
      ...manifest,
      spec: { ...manifest.spec, budget: { ...manifest.spec.budget, maxAgeMs: 60_000 } },
    };
    const { admitAnswer } = await import('../intake/admitAnswer.ts');
    const nowMs = Date.parse('2026-11-24T00:10:00Z');
    const body = (generatedAt: string) => Buffer.from(JSON.stringify({ version: 1, generatedAt, items }));
    expect(admitAnswer(strict, body('2026-11-24T00:08:59Z'), nowMs)?.absence).toBe('stale-answer');
    expect(admitAnswer(strict, body('2026-11-24T00:09:01Z'), nowMs)?.absence).toBeUndefined();
    expect(admitAnswer(manifest, body('2020-01-01T00:00:00Z'), nowMs)?.absence).toBeUndefined();
  });

  test('lets go of an exchange that is cancelled while its body comes', async () => {
    let closed = () => {};
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { source, close } = await sourceThat((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.write('{"version":1,');
      request.socket.once('close', () => closed());
      cancel(question.cancellation);
    });
    const question = askOf();
    expect(await withDeadline(source, 1_000)(question)).toEqual(absent('abandoned'));
    await isClosed;
    await close();
  });
});

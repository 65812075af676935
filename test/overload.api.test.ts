import http from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Page, Problem } from '@widget-mediator/contracts';
import { layoutInput } from './support/layouts.ts';
import { openLines } from './support/lineCall.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { hangs, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());

const metric = async (under: MediatorUnderTest, line: string): Promise<number> => {
  const { text } = await under.http.get('/metrics');
  return Number(
    text
      .split('\n')
      .find((one) => one.startsWith(line))
      ?.split(' ')
      .at(-1),
  );
};
const codeOf = (answer: { body: unknown }) => Problem.parse(answer.body).type.split(':').at(-1);

describe('while every turn of the event loop is long', () => {
  let under: MediatorUnderTest;
  let isBlocking = false;
  beforeAll(async () => {
    under = await startMediator({
      redisUrl: redis.url,
      environment: { SHED_PUBLISHING_DELAY_MS: '30', SHED_PAGES_DELAY_MS: '60000' },
    });
    await register(under, manifest('row'));
    await publish(under, 'row', publication(1, ['r1', 'r2']));
  });
  afterEach(() => {
    isBlocking = false;
  });
  afterAll(() => under.stop());

  /** Works for 80 ms in each turn. */
  function block(): void {
    isBlocking = true;
    const turn = (): void => {
      const end = performance.now() + 80;
      while (performance.now() < end);
      if (isBlocking) setImmediate(turn);
    };
    turn();
  }

  test('publications are refused, pages are not, and afterwards all is as before', async () => {
    block();
    await until('publications are refused', async () => {
      const answer = await publish(under, 'row', publication(2, ['r3', 'r4']));
      if (answer.status !== 503) return false;
      expect([codeOf(answer), answer.headers['retry-after']]).toEqual(['overloaded', '2']);
      return true;
    });
    expect(Page.parse((await under.http.get('/v1/homepage')).body).placements).toHaveLength(3);
    expect(await metric(under, 'mediator_load_level')).toBe(1);
    expect(await metric(under, 'mediator_shed_total{what="publication"}')).toBeGreaterThanOrEqual(1);
    for (const path of ['/v1/publications', '/v1/publications/x/rollback'])
      expect((await under.http.post(path).send({})).status).toBe(503);
    isBlocking = false;
    await until('they are taken again', async () => {
      return (await publish(under, 'row', publication(3, ['r5', 'r6']))).status === 202;
    });
  });

  test('a stream that has begun is refused line by line, and taken again afterwards', async () => {
    let version = 100;
    let call = openLines(under);
    const resultOfNext = async () => {
      version += 1;
      const before = call.results().length;
      call.request.write(`${JSON.stringify({ widget: 'row', ...publication(version, ['r7', 'r8']) })}\n`);
      const answered = () => call.results().length > before;
      await until('the line is answered', async () => answered() || (await whole()) === 503);
      return call.results().at(-1);
    };
    /** The status of all of it, or undefined while there is none. */
    const whole = () => Promise.race([call.status, Promise.resolve(undefined)]);
    try {
      await until('a line is taken', async () => {
        if ((await resultOfNext())?.status === 202) return true;
        // Refused as it began, since the machine is busy.
        call.request.destroy();
        call = openLines(under);
        return false;
      });
      block();
      await until('a line is refused', async () => {
        const result = await resultOfNext();
        if (result?.status !== 503) return false;
        expect(result.problem?.type).toBe('urn:widget-mediator:problem:overloaded');
        return true;
      });
      isBlocking = false;
      await until('a line is taken again', async () => (await resultOfNext())?.status === 202);
    } finally {
      call.request.destroy();
    }
  });

  test('the refusal comes before a byte of the body', async () => {
    block();
    await until('publications are refused', async () => (await metric(under, 'mediator_load_level')) === 1);
    const { port } = under.mediator.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /v1/widgets/row/publications HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n' +
        `Authorization: Bearer ${under.keys.alpha}\r\nContent-Length: 1000\r\n\r\n`,
    );
    const answer = await new Promise<string>((resolve) =>
      socket.once('data', (bytes: Buffer) => resolve(bytes.toString())),
    );
    expect(answer).toMatch(/^HTTP\/1.1 503 /);
    expect(answer).toContain('problem:overloaded');
    socket.destroy();
  });
});

describe('beyond as many pages as are made at once', () => {
  let under: MediatorUnderTest;
  let source: StubSource;
  beforeAll(async () => {
    source = await startStubSource(hangs);
    under = await startMediator({
      redisUrl: redis.url,
      layout: layoutInput({ deadlineMs: 2_000 }),
      environment: { MAX_PAGES_AT_ONCE: '2' },
    });
    await register(under, manifest('row'));
  });
  afterAll(async () => {
    await under.stop();
    await source.close();
  });

  /** Keeps both places busy with pages that wait for a source that does not answer. */
  function fill(): Promise<unknown> {
    const { port } = under.mediator.server.address() as AddressInfo;
    const get = () =>
      new Promise((resolve) => {
        http.get({ port, host: '127.0.0.1', path: '/v1/homepage', agent: false }, (response) => {
          response.resume().on('end', resolve);
        });
      });
    return Promise.all([get(), get()]);
  }

  test('the last page is given, to others none, and publications are refused', async () => {
    const before = Page.parse((await under.http.get('/v1/homepage')).body);
    const budget = { latencyMs: 1_500, ratePerSecond: 100, maxBytes: 100_000 };
    await register(under, pullManifest('slow', source.endpoint, { budget }));
    await under.http.get('/v1/homepage');
    const pages = fill();
    await until('both wait', async () => (await metric(under, 'mediator_load_level')) === 2, 1_000);
    const [given, dismissing, lines, published] = await Promise.all([
      under.http.get('/v1/homepage'),
      under.http.get('/v1/homepage?dismissed=e1-1'),
      under.http.get('/v1/homepage').set('Accept', 'application/x-ndjson'),
      publish(under, 'row', publication(1, ['r1', 'r2'])),
    ]);
    expect(given.status).toBe(200);
    expect(Page.parse(given.body).layoutVersion).toBe(before.layoutVersion);
    expect(given.headers['cache-control']).toBe('public, max-age=1');
    expect([dismissing.status, codeOf(dismissing), dismissing.headers['retry-after']]).toEqual([
      503,
      'overloaded',
      '1',
    ]);
    expect(lines.status).toBe(503);
    expect(published.status).toBe(503);
    expect(await metric(under, 'mediator_shed_total{what="page_cached"}')).toBe(1);
    expect(await metric(under, 'mediator_shed_total{what="page_refused"}')).toBe(2);
    await pages;
    expect((await under.http.get('/v1/homepage?dismissed=e1-1')).status).toBe(200);
  });
});

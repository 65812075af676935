import http from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { openApi, Problem } from '@widget-mediator/contracts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  under = await startMediator({ redisUrl: redis.url, environment: { STATISTICS_EVERY_MS: '200' } });
});
afterEach(() => under.stop());

test('/openapi.json is the document of the contract, and /docs shows it with nothing from elsewhere', async () => {
  expect((await under.http.get('/openapi.json')).body).toEqual(JSON.parse(JSON.stringify(openApi())));
  const page = await under.http.get('/docs/');
  expect(page.status).toBe(200);
  expect(page.text).not.toMatch(/(src|href)="https?:/);
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  expect((await under.http.get('/docs/swagger-initializer.js')).text).toContain("url: '/openapi.json'");
  expect((await under.http.get('/docs/swagger-ui-bundle.js')).status).toBe(200);
});

test('/healthz, /readyz and /metrics answer', async () => {
  expect((await under.http.get('/healthz')).status).toBe(200);
  const metrics = await under.http.get('/metrics');
  expect(metrics.text).toMatch(/^mediator_synchronised 1$/m);
  expect(metrics.text).toMatch(/^mediator_registered_widgets 0$/m);
});

test('metrics count pages, publications and sources, and have labels from registered widgets only', async () => {
  const source = await startStubSource(answers(publication(1, ['a', 'b'])));
  await register(under, manifest('counted'));
  await register(under, pullManifest('pulled', source.endpoint));
  await publish(under, 'counted', publication(1, ['a', 'b']));
  await publish(under, 'never-registered', publication(1, ['a', 'b']));
  // On a busy machine the first answers may come too late.
  await until('the source answered in time', async () => {
    await explained(under);
    return (await under.http.get('/metrics')).text.includes('{widget="pulled",outcome="entered"}');
  });
  const { text } = await under.http.get('/metrics');
  expect(text).toMatch(/^mediator_publications_total\{outcome="stored"\} 1$/m);
  expect(text).toMatch(/^mediator_source_calls_total\{widget="pulled",outcome="entered"\} \d+$/m);
  expect(Number(/^mediator_page_seconds_count (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
  expect(text).not.toContain('never-registered');
  await source.close();
});

test('statistics are built from sampled pages by a job, and pages say which they used', async () => {
  await register(under, manifest('sampled'));
  await publish(under, 'sampled', publication(1, ['a', 'b']));
  await until('a page uses statistics', async () => {
    const page = await under.http
      .get('/v1/homepage?explain=true')
      .set('Authorization', `Bearer ${under.keys.operator}`);
    return page.body.trace.statisticsId !== 'none';
  });
});

test('a stopping mediator finishes the page in flight', async () => {
  const source = await startStubSource((request, response, body) => {
    setTimeout(() => answers(publication(1, ['a', 'b', 'c']))(request, response, body), 60);
  });
  const spec: Parameters<typeof pullManifest>[2] = {
    eligibility: { devices: ['tv'] },
    budget: { latencyMs: 2_000 },
  };
  await register(under, pullManifest('pulled', source.endpoint, spec));
  const inFlight = under.http.get('/v1/homepage?device=tv').then((answer) => answer);
  await until('the source was asked', () => source.asked.length > 0);
  await under.mediator.stop();
  const answer = await inFlight;
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('"id":"pulled"');
  await source.close();
});

test('a stopping mediator tells clients that keep their connection to open another', async () => {
  const source = await startStubSource((request, response, body) => {
    setTimeout(() => answers(publication(1, ['a', 'b', 'c']))(request, response, body), 60);
  });
  await register(under, pullManifest('pulled', source.endpoint, { eligibility: { devices: ['tv'] } }));
  const { port } = under.mediator.server.address() as AddressInfo;
  const agent = new http.Agent({ keepAlive: true });
  const answered = new Promise<http.IncomingMessage>((resolve) => {
    http.get({ port, agent, path: '/v1/homepage?device=tv' }, resolve);
  });
  await until('the source was asked', () => source.asked.length > 0);
  const stopped = under.mediator.stop();
  expect((await answered).headers.connection).toBe('close');
  (await answered).resume();
  await stopped;
  await source.close();
});

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  ['a negative length', 'POST /v1/homepage HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', 400],
  ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  [
    'more than may be sent',
    'POST /v1/homepage HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n',
    413,
  ],
])('%s gets a problem, too', async (_what, bytes, status) => {
  const { port } = under.mediator.server.address() as AddressInfo;
  const answer = await new Promise<string>((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', () => {});
  });
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain('application/problem+json');
  expect(Problem.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).status).toBe(status);
});

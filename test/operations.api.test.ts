import { openApi } from '@widget-mediator/contracts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

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
  await register(under, pullManifest('pulled', source.endpoint, { eligibility: { devices: ['tv'] } }));
  const inFlight = under.http.get('/v1/homepage?device=tv').then((answer) => answer);
  await until('the source was asked', () => source.asked.length > 0);
  await under.mediator.stop();
  const answer = await inFlight;
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('"id":"pulled"');
  await source.close();
});

import { Page, SourceList, SourceStatus } from '@widget-mediator/contracts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, hangs, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let source: StubSource;

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  under = await startMediator({ redisUrl: redis.url });
  source = await startStubSource(answers(publication(1, ['a', 'b', 'c'])));
});
afterEach(async () => {
  await under.stop();
  await source.close();
});

const bearer = (key: string) => ['Authorization', `Bearer ${key}`] as const;
const page = async (user = 'u1') => {
  const response = await under.http.get(`/v1/homepage?user=${user}`).set(...bearer(under.keys.reader));
  return Page.parse(response.body);
};
const provenanceOf = (made: Page, widget: string) =>
  made.placements.find((placement) => placement.widget.id === widget)?.widget.provenance;
const status = async (widget: string): Promise<SourceStatus> => {
  const response = await under.http.get(`/v1/sources/${widget}`).set(...bearer(under.keys.operator));
  return SourceStatus.parse(response.body);
};

describe('who may see what of sources', () => {
  test.each([
    ['nobody in particular', undefined, 401, []],
    ['a frontend', 'reader', 403, []],
    ['an operator', 'operator', 200, ['of-alpha', 'of-beta']],
    ['a team', 'alpha', 200, ['of-alpha']],
    ['another team', 'beta', 200, ['of-beta']],
  ] as const)('%s', async (_who, key, expected, widgets) => {
    await register(under, pullManifest('of-alpha', source.endpoint));
    await register(under, pullManifest('of-beta', source.endpoint, {}, 'beta'), under.keys.beta);
    await page();
    await page();
    const get = (path: string) => {
      const request = under.http.get(path);
      return key === undefined ? request : request.set(...bearer(under.keys[key]));
    };
    const list = await get('/v1/sources');
    expect(list.status).toBe(expected);
    if (expected !== 200) return;
    expect(SourceList.parse(list.body).sources.map(({ widget }) => widget)).toEqual(widgets);
    const others = await get('/v1/sources/of-beta');
    expect(others.status).toBe((widgets as readonly string[]).includes('of-beta') ? 200 : 404);
  });
});

test('what a source did is told: outcomes, latencies, cache, its breaker with causes, and what it may spend', async () => {
  const delivery = { mode: 'pull' as const, endpoint: source.endpoint, vary: ['user' as const] };
  const budget = { latencyMs: 400, ratePerSecond: 500 };
  await register(under, pullManifest('pulled', source.endpoint, { delivery, budget }));
  await until('it is on the page', async () => provenanceOf(await page(), 'pulled') === 'fresh');
  await page();
  source.behave(answers({}, 500));
  for (let viewer = 0; viewer < 15; viewer += 1) await page(`v${viewer}`);
  const told = await status('pulled');
  expect(told).toMatchObject({
    widget: 'pulled',
    team: 'alpha',
    breaker: { state: 'open', history: [{ to: 'open', cause: 'error-status' }] },
    budget: {
      latencyMs: 400,
      ratePerSecond: 500,
      errorShare: 0.5,
      mode: { rate: 'enforce', errors: 'enforce', load: 'enforce' },
    },
    inFlight: 0,
  });
  const { 'error-status': failed = 0, 'breaker-open': refused = 0, ...others } = told.outcomes;
  expect(failed).toBeLessThanOrEqual(10);
  expect(failed + refused).toBe(15);
  expect(told.calls).toBe(failed + Object.values(others).reduce((sum, count) => sum + count, 0));
  expect(told.cache['fresh']).toBeGreaterThanOrEqual(1);
  expect(told.breaches['errors']).toBeGreaterThan(0);
  expect(told.latencyMs?.p50).toBeGreaterThan(0);

  const metrics = (await under.http.get('/metrics')).text;
  expect(metrics).toContain('mediator_source_budget_seconds{widget="pulled"} 0.4');
  expect(metrics).toContain('mediator_source_in_flight{widget="pulled"} 0');
  expect(metrics).toMatch(/mediator_source_limit\{widget="pulled"\} \d+/);
  expect(metrics).toMatch(/mediator_cache_answers_total\{widget="pulled",outcome="fresh"\} \d+/);
});

test('of a widget that is not registered any more nothing is left, in metrics neither', async () => {
  await register(under, pullManifest('pulled', source.endpoint));
  await until('it is on the page', async () => provenanceOf(await page(), 'pulled') === 'fresh');
  await under.http.delete('/v1/widgets/pulled').set(...bearer(under.keys.alpha));
  await until('it is forgotten', async () => !(await under.http.get('/metrics')).text.includes('"pulled"'));
  const response = await under.http.get('/v1/sources').set(...bearer(under.keys.operator));
  expect(SourceList.parse(response.body).sources).toEqual([]);
});

test('while it revalidates, a page takes what is stale at once, and the next one what is new', async () => {
  const delivery = {
    mode: 'pull' as const,
    endpoint: source.endpoint,
    vary: ['user' as const],
    ttlMs: 50,
    staleForMs: 60_000,
    staleWhileRevalidateMs: 60_000,
  };
  await register(under, pullManifest('pulled', source.endpoint, { delivery }));
  await until('it is on the page', async () => provenanceOf(await page(), 'pulled') === 'fresh');
  source.behave(hangs);
  await until('it is stale', async () => provenanceOf(await page(), 'pulled') === 'stale');
  const asked = source.asked.length;
  const made = await page();
  expect(provenanceOf(made, 'pulled')).toBe('stale');
  expect(made.degraded).toEqual([]);
  expect(source.asked.length - asked).toBeLessThanOrEqual(1);
});

test('a source that says that nothing changed is believed, and its content is fresh again', async () => {
  let unchanged = 0;
  source.behave((request, response, body) => {
    if (request.headers['if-none-match'] === '"v1"') {
      unchanged += 1;
      response.writeHead(304).end();
      return;
    }
    response.setHeader('etag', '"v1"');
    answers(publication(1, ['a', 'b', 'c']))(request, response, body);
  });
  const delivery = {
    mode: 'pull' as const,
    endpoint: source.endpoint,
    vary: [],
    ttlMs: 50,
    staleForMs: 60_000,
  };
  await register(under, pullManifest('pulled', source.endpoint, { delivery }));
  await until('it is on the page', async () => provenanceOf(await page(), 'pulled') === 'fresh');
  await until('it was asked whether anything changed', async () => {
    await page();
    return unchanged > 1;
  });
  expect(provenanceOf(await page(), 'pulled')).toBe('fresh');
});

describe('a staleness budget', () => {
  const aged = (seconds: number) => new Date(Date.now() - 1_000 * seconds).toISOString();

  test('refuses what was published too late, and names the field', async () => {
    await register(under, manifest('pushed', { budget: { maxAgeMs: 60_000 } }));
    const late = await publish(under, 'pushed', {
      ...publication(1, ['a', 'b', 'c']),
      generatedAt: aged(61),
    });
    expect(late.status).toBe(422);
    expect(late.body).toMatchObject({
      type: expect.stringContaining('content-too-old'),
      errors: [{ pointer: '/generatedAt' }],
    });
    const soon = await publish(under, 'pushed', { ...publication(1, ['a', 'b', 'c']), generatedAt: aged(1) });
    expect(soon.status).toBe(202);
  });

  test('refuses what is pulled too late', async () => {
    source.behave(answers({ ...publication(1, ['a', 'b', 'c']), generatedAt: aged(61) }));
    await register(under, pullManifest('pulled', source.endpoint, { budget: { maxAgeMs: 60_000 } }));
    await until('it is refused', async () =>
      (await page()).degraded.some(({ reason }) => reason === 'stale-answer'),
    );
  });
});

test('a budget of bytes holds for what is published, too', async () => {
  await register(under, manifest('pushed', { budget: { maxBytes: 2_048 } }));
  const items = Array.from({ length: 100 }, (_, n) => `item-${n}`);
  const large = await publish(under, 'pushed', publication(1, items));
  expect(large.status).toBe(413);
  expect(large.body).toMatchObject({ maxBytes: 2_048 });
  expect((await publish(under, 'pushed', publication(1, ['a', 'b', 'c']))).status).toBe(202);
});

test('each budget has a mode of its own', async () => {
  const mode = { rate: 'shadow', errors: 'enforce', load: 'enforce' } as const;
  await register(under, pullManifest('pulled', source.endpoint, { budget: { ratePerSecond: 0.5, mode } }));
  await until('it is on the page', async () => provenanceOf(await page(), 'pulled') === 'fresh');
  for (let viewer = 0; viewer < 5; viewer += 1) {
    expect(provenanceOf(await page(`v${viewer}`), 'pulled')).toBe('fresh');
  }
  expect((await status('pulled')).breaches['rate']).toBeGreaterThan(0);
  source.behave(answers({}, 500));
  for (let viewer = 0; viewer < 20; viewer += 1) await page(`w${viewer}`);
  expect((await status('pulled')).breaker.state).toBe('open');
});

test.each([
  ['no latency', { latencyMs: 0 }],
  ['no rate', { ratePerSecond: 0 }],
  ['no bytes', { maxBytes: 0 }],
  ['no failures', { errorShare: 0 }],
  ['nothing but failures', { errorShare: 1 }],
  ['no age', { maxAgeMs: 0 }],
  ['a latency without end', { latencyMs: 1e9 }],
  ['a rate without end', { ratePerSecond: 1e300 }],
])('a budget of %s is refused', async (_what, budget) => {
  const response = await under.http
    .put('/v1/widgets/pulled')
    .set(...bearer(under.keys.alpha))
    .send(pullManifest('pulled', source.endpoint, { budget }));
  expect(response.status).toBe(422);
});

import type { ServerResponse } from 'node:http';
import { Page } from '@widget-mediator/contracts';
import { layoutInput } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { joined, type OpenCall, openCall, withoutNames } from './support/pageStream.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, hangs, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let source: StubSource;

/** Items stay where they are, so that what stands at the top by a pin, or by the editors' order, is settled at once. */
const layout = layoutInput({
  prior: ['kept', 'second', 'pulled'],
  deadlineMs: 2_000,
  passes: { reallocate: false },
  placements: [
    { id: 'hero', kind: 'hero', pins: [{ widget: 'kept' }] },
    { id: 'row-1', kind: 'row' },
    { id: 'row-2', kind: 'row' },
  ],
});

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  source = await startStubSource(answers(publication(1, ['p1', 'p2', 'p3'])));
  under = await startMediator({ redisUrl: redis.url, layout });
  await register(under, manifest('kept'));
  await publish(under, 'kept', publication(1, ['k1', 'k2', 'k3']));
  await register(under, manifest('second'));
  await publish(under, 'second', publication(1, ['k1', 's1', 's2', 's3']));
  await until('both are shown', async () =>
    /kept.*second/s.test((await under.http.get('/v1/homepage')).text),
  );
});
afterEach(async () => {
  await under.stop();
  await source.close();
});

/** A pull widget; its page is waited for, so its budget is the page's. */
const registerPulled = () =>
  register(under, pullManifest('pulled', source.endpoint, { budget: { latencyMs: 1_900 } }));

const placedOf = (call: OpenCall) =>
  call.lines().flatMap((line) => (line.type === 'placement' ? [line.widget.id] : []));

test('sends what is settled while a source is outstanding, in page order, and the rest when it is there', async () => {
  await registerPulled();
  let release: ServerResponse | undefined;
  source.behave((_request, response) => {
    release = response;
  });
  const call = openCall(under);
  await until('what is settled has come', () => placedOf(call).length === 2);
  expect(source.open()).toBe(1);
  expect(call.lines().map(({ type }) => type)).toEqual(['head', 'placement', 'placement']);
  expect(placedOf(call)).toEqual(['kept', 'second']);
  release?.writeHead(200, { 'content-type': 'application/json' });
  release?.end(JSON.stringify(publication(1, ['p1', 'p2', 'p3'])));
  const trailers = await call.ended;
  expect(placedOf(call)).toEqual(['kept', 'second', 'pulled']);
  expect(call.lines().at(-1)).toMatchObject({ type: 'tail', degraded: [] });
  expect(trailers['server-timing']).toMatch(/^collect;dur=[\d.]+, compose;.*total;dur=[\d.]+$/);
  expect(await call.headers).toMatchObject({
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'private, no-store',
    vary: 'Authorization, Accept',
  });
});

test.each([
  ['a source that answers', answers(publication(1, ['p1', 's1', 'p2', 'p3']))],
  ['a source that fails', answers({}, 500)],
  ['a source that abstains', (_request: unknown, response: ServerResponse) => response.writeHead(204).end()],
])('its lines are the page that JSON is, with %s', async (_what, behaviour) => {
  await registerPulled();
  source.behave(behaviour);
  for (const body of [undefined, { device: 'tv', dismissed: ['k2'] }]) {
    const call = openCall(under, { body });
    await call.ended;
    const whole = openCall(under, { body, accept: 'application/json' });
    await whole.ended;
    expect(withoutNames(joined(call.lines()))).toEqual(withoutNames(Page.parse(JSON.parse(whole.text()))));
  }
});

test('the deadline holds for what is outstanding after the head', async () => {
  await registerPulled();
  source.behave(hangs);
  const call = openCall(under, { path: '/v1/homepage?deadlineMs=60' });
  await call.ended;
  const page = joined(call.lines());
  expect(page.placements.map(({ placement }) => placement)).toEqual(['hero', 'row-1', 'row-2']);
  expect(page.degraded).toEqual([{ source: 'pulled', reason: 'page-deadline' }]);
});

test.each([
  ['application/x-ndjson', 'lines'],
  ['application/x-ndjson, application/json;q=0.5', 'lines'],
  ['application/json;q=0.4, application/x-ndjson;q=0.8', 'lines'],
  ['application/json, application/x-ndjson;q=0.5', 'json'],
  ['application/x-ndjson;q=0', 'json'],
  ['application/x-ndjson;q=0, */*', 'json'],
  ['application/*', 'json'],
  ['*/*', 'json'],
  ['text/html', 'json'],
])('Accept: %s gets %s', async (accept, form) => {
  const call = openCall(under, { accept });
  expect((await call.headers)['content-type']).toContain(form === 'lines' ? 'x-ndjson' : 'application/json');
});

test('a request that is refused is a problem, whatever it accepts', async () => {
  for (const path of [
    '/v1/homepage?unknown=1',
    '/v1/homepage?cursor=bm9uZQ.0123456789abcdef0123456789abcdef',
  ]) {
    const call = openCall(under, { path });
    expect(await call.status).toBeGreaterThanOrEqual(400);
    expect((await call.headers)['content-type']).toContain('application/problem+json');
  }
});

test('the trace comes with the tail', async () => {
  const call = openCall(under, { path: '/v1/homepage?explain=true', key: under.keys.operator });
  await call.ended;
  expect(joined(call.lines()).trace?.sources.map(({ widget }) => widget)).toEqual(['kept', 'second']);
});

test('counts streamed pages apart', async () => {
  await openCall(under).ended;
  await until('it is counted', async () =>
    (await under.http.get('/metrics')).text.includes(
      'mediator_pages_total{form="stream",outcome="finished"} 1',
    ),
  );
});

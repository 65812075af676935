import { Receipt } from '@widget-mediator/contracts';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator, testKeys } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let other: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
  const options = { redisUrl: redis.url, redisPrefix: 'events', layout: roomyLayout() };
  [under, other] = await Promise.all([startMediator(options), startMediator(options)]);
  await register(under, manifest('evented', { budget: { mode: { errors: 'shadow' } } }));
  await until('the other knows it', async () => (await other.http.get('/readyz')).status === 200);
});
afterAll(async () => {
  await Promise.all([under.stop(), other.stop()]);
  await redis.end();
});

const event = (id: string, data: unknown, changes: object = {}) => ({
  specversion: '1.0',
  type: 'org.example.widget.published',
  source: '/recommenders/alpha',
  id,
  data,
  ...changes,
});
const packed = (data: object): string => Buffer.from(JSON.stringify(data)).toString('base64');
const post = (at = under, query = '') =>
  at.http.post(`/v1/widgets/evented/publications${query}`).set('Authorization', `Bearer ${testKeys.alpha}`);
const structured = (body: object, at = under, query = '') =>
  post(at, query).set('Content-Type', 'application/cloudevents+json').send(JSON.stringify(body));
const binary = (headers: Record<string, string>, body: object, at = under) =>
  post(at)
    .set({ 'ce-specversion': '1.0', 'ce-type': 't', 'ce-source': '/recommenders/alpha', ...headers })
    .send(body);
const replayed = ({ status, headers }: { status: number; headers: Record<string, string> }) => [
  status,
  headers['idempotent-replayed'],
];

test('an event in structured mode is its publication', async () => {
  const answer = await structured(
    event('e-1', publication(1, ['e1-a', 'e1-b'], {}), { subject: 'x', time: 'whenever' }),
  );
  expect(answer.status).toBe(202);
  expect(Receipt.parse(answer.body)).toMatchObject({ version: 1, kept: 2, warnings: [] });
  await until('it is shown', async () =>
    (await under.http.get('/v1/homepage?device=web')).text.includes('"e1-a"'),
  );
});

test('its data may come in Base64', async () => {
  const { data: _data, ...attributes } = event('e-b', undefined);
  const first = await structured({ ...attributes, data_base64: packed(publication(6, ['a', 'b'])) });
  expect([first.status, first.body.version]).toEqual([202, 6]);
  const again = await structured(event('e-b', publication(6, ['a', 'b'])), other);
  expect(replayed(again)).toEqual([202, 'true']);
});

test('lines are none, and say so to who has them taken for one', async () => {
  for (const path of ['/v1/publications', '/v1/widgets/evented/publications']) {
    const answer = await under.http
      .post(path)
      .set('Authorization', `Bearer ${testKeys.alpha}`)
      .set({ 'Content-Type': 'application/x-ndjson', 'ce-id': 'e-l', 'ce-source': '/x' })
      .send('{}\n');
    expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([422, '/ce-id']);
  }
});

test('one in binary mode, too', async () => {
  const answer = await binary({ 'ce-id': 'e-2' }, publication(7, ['a', 'b']));
  expect([answer.status, answer.body.version]).toEqual([202, 7]);
});

test('comes once for each source and id, in whatever mode and wherever', async () => {
  const body = publication(10, ['a', 'b']);
  const first = await structured(event('é-3', body));
  expect(replayed(first)).toEqual([202, undefined]);
  for (const again of [
    await structured(event('é-3', body), other),
    await binary({ 'ce-id': '%C3%A9-3' }, body),
    await binary({ 'ce-id': '%C3%A9-3', 'Idempotency-Key': 'something-else' }, body, other),
  ]) {
    expect(replayed(again)).toEqual([202, 'true']);
    expect(again.body).toEqual(first.body);
  }
  expect((await structured(event('é-3', publication(11, ['a', 'b'])))).body.type).toMatch(
    /idempotency-key-reused$/,
  );
  const elsewhere = await structured(
    event('é-3', publication(11, ['a', 'b']), { source: '/recommenders/beta' }),
  );
  expect(replayed(elsewhere)).toEqual([202, undefined]);
});

test('is no Idempotency-Key of the same name', async () => {
  const key = await post()
    .set('Idempotency-Key', 'e-4')
    .send(publication(20, ['a', 'b']));
  expect(replayed(key)).toEqual([202, undefined]);
  expect(replayed(await structured(event('e-4', publication(21, ['a', 'b']))))).toEqual([202, undefined]);
});

test('may be tried out', async () => {
  const answer = await structured(event('e-5', publication(30, ['a'])), under, '?dryRun=true');
  expect([answer.status, answer.body.verdicts]).toEqual([
    200,
    [{ code: 'too-few-items', widget: 'evented' }],
  ]);
});

test('faults and warnings are named where they stand in the event', async () => {
  const invalid = await structured(event('e-6', { version: 40, items: [{ id: 'a' }] }));
  expect([invalid.status, invalid.body.errors[0].pointer]).toEqual([422, '/data/items/0/title']);
  const warned = await structured(event('e-7', { ...publication(41, ['a', 'b']), colour: 'red' }));
  expect(warned.body.warnings[0].pointer).toBe('/data/colour');
});

test.each([
  ['without data', event('e-8', undefined), '/data'],
  ['with data in both forms', { ...event('e-8', publication(50, ['a'])), data_base64: 'e30=' }, '/data'],
  ['whose base64 is none', { ...event('e-8', undefined), data_base64: '{}' }, '/data_base64'],
  [
    'with a fault in its base64',
    { ...event('e-8', undefined), data_base64: packed({ version: 50, items: [{ id: 'a' }] }) },
    '/data_base64/items/0/title',
  ],
  ['without an id', event('', publication(50, ['a'])), '/id'],
  ['of another version', event('e-8', publication(50, ['a']), { specversion: '0.3' }), '/specversion'],
  ['with an endless source', event('e-8', publication(50, ['a']), { source: 's'.repeat(2_000) }), '/source'],
  [
    'of other data',
    event('e-8', publication(50, ['a']), { datacontenttype: 'text/xml' }),
    '/datacontenttype',
  ],
])('one %s is refused', async (_what, body, pointer) => {
  const answer = await structured(body);
  expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, pointer]);
  expect(answer.text).not.toContain('ssss');
});

test.each([
  ['without an id', { 'ce-source': '/x' }, '/ce-id'],
  ['of another version', { 'ce-id': 'e-9', 'ce-specversion': '0.3' }, '/ce-specversion'],
])('one in binary mode %s is refused', async (_what, headers, pointer) => {
  const answer = await binary(headers, publication(60, ['a', 'b']));
  expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, pointer]);
});

test('batches of events, and bodies that are no JSON, are refused', async () => {
  const as = (type: string, body: string) => post().set('Content-Type', type).send(body);
  expect((await as('application/cloudevents-batch+json', '[]')).status).toBe(415);
  expect((await as('application/cloudevents+json', '{')).status).toBe(400);
  expect((await as('application/cloudevents+json', '[]')).status).toBe(422);
});

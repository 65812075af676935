import {
  AuditLog,
  Page,
  Problem,
  PublicationStatus,
  Receipt,
  Takedown,
  TakedownList,
} from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import { layoutInput } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
/** Another replica on the same Redis. */
let other: MediatorUnderTest;
let source: StubSource;
const prefix = 'takedowns';

beforeAll(async () => {
  redis = await startTestRedis();
  source = await startStubSource(answers({}, 500));
  const options = { redisUrl: redis.url, redisPrefix: prefix, layout: layoutInput({ prior: [] }) };
  // So rare that what is seen in time is seen by other means.
  const environment = { RESYNC_EVERY_MS: '3600000' };
  under = await startMediator({ ...options, environment });
  other = await startMediator({ ...options, environment });
});
afterAll(async () => {
  await under.stop();
  await other.stop();
  await source.close();
  await redis.end();
});

const bearer = (key: string) => ['Authorization', `Bearer ${key}`] as const;
const put = (path: string, body: object = { reason: 'a test' }, key: string = under.keys.operator) =>
  under.http
    .put(`/v1/takedowns/${path}`)
    .set(...bearer(key))
    .send(body);
const putBack = (path: string) =>
  under.http.delete(`/v1/takedowns/${path}`).set(...bearer(under.keys.operator));
const list = async () =>
  TakedownList.parse((await under.http.get('/v1/takedowns').set(...bearer(under.keys.operator))).body)
    .takedowns;

async function itemsOn(mediator: MediatorUnderTest): Promise<string[]> {
  const { placements } = Page.parse((await mediator.http.get('/v1/homepage')).body);
  return placements.flatMap(({ widget }) => widget.items.map(({ id }) => id));
}
const widgetsOn = async (mediator: MediatorUnderTest) =>
  Page.parse((await mediator.http.get('/v1/homepage')).body).placements.map(({ widget }) => widget.id);
const everywhere = async (holds: (mediator: MediatorUnderTest) => Promise<boolean>) =>
  (await holds(under)) && (await holds(other));
const verdictsOf = async (query = '') => (await explained(under, query)).body.trace.verdicts;

test('an item is off all pages of all replicas within five seconds, and back when it is put back', async () => {
  await register(under, manifest('pushed'));
  await publish(under, 'pushed', publication(1, ['p1', 'p2', 'p3', 'p4']));
  await until('it is shown everywhere', () => everywhere(async (one) => (await itemsOn(one)).includes('p1')));
  const answer = await put('item/film:p1');
  expect(answer.status).toBe(201);
  expect(Takedown.parse(answer.body)).toMatchObject({
    target: 'item',
    id: 'film:p1',
    team: 'platform',
    revision: 1,
  });
  await until('it is gone', () => everywhere(async (one) => !(await itemsOn(one)).includes('p1')), 5_000);
  expect(await itemsOn(other)).toEqual(expect.arrayContaining(['p2', 'p3', 'p4']));
  expect(await verdictsOf()).toContainEqual({ code: 'taken-down', widget: 'pushed', item: 'p1' });
  expect((await explained(under, '&why=p1')).body.trace.why).toMatchObject({
    present: false,
    chain: [{ code: 'taken-down' }],
  });
  expect((await putBack('item/film:p1')).status).toBe(204);
  await until('it is back', () => everywhere(async (one) => (await itemsOn(one)).includes('p1')), 5_000);
});

test('an item of another type under the same id stays', async () => {
  await register(under, manifest('typed'));
  await publish(under, 'typed', publication(1, ['t1', 't2', 't3']));
  await until('it is shown', () => everywhere(async (one) => (await itemsOn(one)).includes('t1')));
  await put('item/book:t1');
  await put('item/film:t2');
  await until('the film is gone', () => everywhere(async (one) => !(await itemsOn(one)).includes('t2')));
  expect(await itemsOn(under)).toContain('t1');
  await putBack('item/book:t1');
  await putBack('item/film:t2');
  await under.http.delete('/v1/widgets/typed').set(...bearer(under.keys.alpha));
});

test('what was lost on the way is seen all the same: the store is glanced at', async () => {
  await register(under, manifest('glanced'));
  await publish(under, 'glanced', publication(1, ['g1', 'g2', 'g3']));
  await until('it is shown', () => everywhere(async (one) => (await itemsOn(one)).includes('g1')));
  const hand = new Redis(redis.url);
  const takedown: Takedown = {
    target: 'item',
    id: 'film:g1',
    reason: 'x',
    at: new Date().toISOString(),
    team: 'platform',
    key: 'operator',
    revision: 1,
  };
  const { at, team, key } = takedown;
  const entry = { at, team, key, action: 'created', kind: 'takedown', subject: 'item:film:g1' };
  await hand
    .multi()
    .hset(`${prefix}:{registry}:takedowns`, 'item:film:g1', JSON.stringify(takedown))
    .xadd(`${prefix}:{registry}:audit`, '*', 'entry', JSON.stringify(entry))
    .exec();
  hand.disconnect();
  await until('it is gone', () => everywhere(async (one) => !(await itemsOn(one)).includes('g1')), 5_000);
  await putBack('item/film:g1');
  await under.http.delete('/v1/widgets/glanced').set(...bearer(under.keys.alpha));
});

test('a widget is not asked, not shown, not borrowed from, and put back', async () => {
  source.behave(answers(publication(1, ['u1', 'u2', 'u3'])));
  await register(under, pullManifest('pulled', source.endpoint));
  await until('it is shown', async () => (await widgetsOn(under)).includes('pulled'));
  await put('widget/pulled');
  await until('it is gone', async () => !(await widgetsOn(under)).includes('pulled'));
  const asked = source.asked.length;
  expect(await verdictsOf()).toContainEqual({ code: 'widget-taken-down', widget: 'pulled' });
  expect(source.asked.length).toBe(asked);
  await putBack('widget/pulled');
  await until('it is back', async () => (await widgetsOn(under)).includes('pulled'));
});

test('what is pulled, stale, stands in or is editorial keeps to it as well', async () => {
  source.behave(answers(publication(2, ['u1', 'u2', 'u3', 'u4'])));
  await until('it is pulled', async () => (await itemsOn(under)).includes('u1'));
  await put('item/film:u1');
  await until('it is gone', async () => !(await itemsOn(under)).includes('u1'));
  source.behave(answers({}, 500));
  expect(await itemsOn(under)).not.toContain('u1');
  expect(await itemsOn(under)).toContain('u2');
  const spec = { fallback: { items: ['f1', 'f2', 'f3', 'f4'].map((id) => ({ id, title: id })) } };
  await register(under, pullManifest('standing-in', source.endpoint, spec));
  await put('item/film:f1');
  await until('the stand-in is shown without it', async () => {
    const shown = await itemsOn(under);
    return shown.includes('f2') && !shown.includes('f1');
  });
  await under.http.delete('/v1/widgets/standing-in').set(...bearer(under.keys.alpha));
  await under.http.delete('/v1/widgets/pulled').set(...bearer(under.keys.alpha));
  await under.http.delete('/v1/widgets/pushed').set(...bearer(under.keys.alpha));
  await put('item/film:e1-1');
  await put('widget/editors-2');
  await until('the editors do without', async () => {
    const shown = await itemsOn(under);
    return !shown.includes('e1-1') && shown.includes('e1-2') && !shown.includes('e2-1');
  });
  expect(await verdictsOf()).toContainEqual({ code: 'widget-taken-down', widget: 'editors-2' });
  for (const path of ['item/film:u1', 'item/film:f1', 'item/film:e1-1', 'widget/editors-2'])
    await putBack(path);
});

test('a team is taken down with all it has', async () => {
  await register(under, manifest('of-alpha'));
  await publish(under, 'of-alpha', publication(1, ['a1', 'a2', 'a3']));
  await register(under, manifest('of-beta', {}, 'beta'), under.keys.beta);
  await publish(under, 'of-beta', publication(1, ['b1', 'b2', 'b3']), under.keys.beta);
  await until('both are shown', async () => {
    const shown = await widgetsOn(under);
    return shown.includes('of-alpha') && shown.includes('of-beta');
  });
  await put('team/alpha');
  await until('alpha is gone', () => everywhere(async (one) => !(await widgetsOn(one)).includes('of-alpha')));
  expect(await widgetsOn(under)).toContain('of-beta');
  expect(await verdictsOf()).toContainEqual({ code: 'team-taken-down', widget: 'of-alpha' });
  const meanwhile = await publish(under, 'of-alpha', publication(2, ['a4', 'a5']));
  expect(meanwhile.status).toBe(202);
  const { publication: id } = Receipt.parse(meanwhile.body);
  const statusOf = async () =>
    PublicationStatus.parse(
      (await under.http.get(`/v1/publications/${id}`).set(...bearer(under.keys.alpha))).body,
    );
  expect(await statusOf()).toMatchObject({ state: 'stored', served: false, withheld: 'team-taken-down' });
  await putBack('team/alpha');
  await until('what came meanwhile is shown', () =>
    everywhere(async (one) => (await itemsOn(one)).includes('a4')),
  );
  const back = await statusOf();
  expect(back).toMatchObject({ state: 'stored', served: true });
  expect(back).not.toHaveProperty('withheld');
});

test('one with an end ends by itself', async () => {
  await put('widget/of-beta', { reason: 'for a moment', until: new Date(Date.now() + 4_000).toISOString() });
  await until('it is gone', () => everywhere(async (one) => !(await widgetsOn(one)).includes('of-beta')));
  await until('it is back', () => everywhere(async (one) => (await widgetsOn(one)).includes('of-beta')));
  expect((await list()).map(({ id }) => id)).not.toContain('of-beta');
  expect((await putBack('widget/of-beta')).status).toBe(204);
});

test('one that is over is swept from the store', async () => {
  const swept = await startMediator({
    redisUrl: redis.url,
    redisPrefix: 'swept-takedowns',
    environment: { RESYNC_EVERY_MS: '200' },
  });
  const call = (method: 'put' | 'get', path: string) =>
    swept.http[method](path).set(...bearer(swept.keys.operator));
  await call('put', '/v1/takedowns/team/beta').send({
    reason: 'x',
    until: new Date(Date.now() + 300).toISOString(),
  });
  await until('it is removed, and the log says so', async () => {
    const { entries } = AuditLog.parse((await call('get', '/v1/audit?limit=1')).body);
    return entries[0]?.action === 'removed' && entries[0].team === 'mediator';
  });
  await swept.stop();
});

test('whoever starts later knows what is taken down before it is ready', async () => {
  await put('item/film:b1');
  const late = await startMediator({
    redisUrl: redis.url,
    redisPrefix: prefix,
    layout: layoutInput({ prior: [] }),
  });
  expect(await itemsOn(late)).not.toContain('b1');
  await late.stop();
  await putBack('item/film:b1');
});

test('all that is taken down is listed and logged, with who did it', async () => {
  await put('item/film:x:1', { reason: 'first' });
  expect((await put('item/film:x:1', { reason: 'second' })).status).toBe(200);
  await put(`item/${encodeURIComponent('film:a/b?c')}`, { reason: 'odd' });
  expect((await list()).map(({ id, reason, revision }) => ({ id, reason, revision }))).toEqual([
    { id: 'film:a/b?c', reason: 'odd', revision: 1 },
    { id: 'film:x:1', reason: 'second', revision: 2 },
  ]);
  const one = await under.http.get('/v1/takedowns/item/film:x:1').set(...bearer(under.keys.operator));
  expect(Takedown.parse(one.body).reason).toBe('second');
  await putBack('item/film:x:1');
  await putBack(`item/${encodeURIComponent('film:a/b?c')}`);
  expect(await list()).toEqual([]);
  const { body } = await under.http.get('/v1/audit?limit=5').set(...bearer(under.keys.operator));
  expect(AuditLog.parse(body).entries.map(({ action, kind, subject }) => [action, kind, subject])).toEqual([
    ['removed', 'takedown', 'item:film:a/b?c'],
    ['removed', 'takedown', 'item:film:x:1'],
    ['created', 'takedown', 'item:film:a/b?c'],
    ['updated', 'takedown', 'item:film:x:1'],
    ['created', 'takedown', 'item:film:x:1'],
  ]);
});

test.each([
  ['item/42', { reason: 'x' }, 422, 'validation-failed', '/id'],
  ['item/Film:42', { reason: 'x' }, 422, 'validation-failed', '/id'],
  ['widget/Not%20One', { reason: 'x' }, 422, 'validation-failed', '/id'],
  ['team/__proto__', { reason: 'x' }, 422, 'validation-failed', '/id'],
  ['item/film:1', {}, 422, 'validation-failed', '/reason'],
  ['item/film:1', { reason: 'x', until: '2020-01-01T00:00:00Z' }, 422, 'validation-failed', '/until'],
  ['item/film:1', { reason: 'x', colour: 'SECRET' }, 422, 'validation-failed', '/colour'],
  ['page/1', { reason: 'x' }, 404, 'route-unknown', undefined],
  ['item/%E0%A4%A', { reason: 'x' }, 400, 'malformed-request', undefined],
])('refuses %s with %j', async (path, body, status, code, pointer) => {
  const answer = await put(path, body);
  const problem = Problem.parse(answer.body);
  expect([answer.status, problem.type]).toEqual([status, `urn:widget-mediator:problem:${code}`]);
  expect(problem.errors?.[0]?.pointer).toBe(pointer);
  expect(answer.text).not.toContain('SECRET');
});

test('what is not taken down cannot be put back', async () => {
  const answer = await putBack('item/film:never');
  expect([answer.status, Problem.parse(answer.body).type]).toEqual([
    404,
    'urn:widget-mediator:problem:takedown-unknown',
  ]);
});

test.each(['alpha', 'reader'] as const)('is not for %s', async (name) => {
  expect((await put('item/film:1', { reason: 'x' }, under.keys[name])).status).toBe(403);
  const key = bearer(under.keys[name]);
  expect((await under.http.get('/v1/takedowns').set(...key)).status).toBe(403);
  expect((await under.http.delete('/v1/takedowns/item/film:1').set(...key)).status).toBe(403);
});

import { randomBytes } from 'node:crypto';
import {
  AuditLog,
  Registration,
  WidgetList,
  WidgetRevisionDetail,
  WidgetRevisions,
} from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let client: Redis;
let prefix = '';

beforeAll(async () => {
  redis = await startTestRedis();
  client = new Redis(redis.url);
});
afterAll(async () => {
  client.disconnect();
  await redis.end();
});
beforeEach(async () => {
  prefix = `t${randomBytes(6).toString('hex')}`;
  under = await startMediator({
    redisUrl: redis.url,
    redisPrefix: prefix,
    environment: { WIDGETS_PER_TEAM: '3' },
  });
});
afterEach(() => under.stop());

type Team = 'alpha' | 'beta';
type Headers = Readonly<Record<string, string>>;

const bearer = (key: keyof typeof under.keys) => ({ Authorization: `Bearer ${under.keys[key]}` });
const put = (id: string, spec: object = {}, headers: Headers = {}, team: Team = 'alpha') =>
  under.http
    .put(`/v1/widgets/${id}`)
    .set({ ...bearer(team), ...headers })
    .send(manifest(id, spec, team));
const get = (path: string, key: keyof typeof under.keys = 'alpha', headers: Headers = {}) =>
  under.http.get(`/v1/widgets${path}`).set({ ...bearer(key), ...headers });
const remove = (id: string, headers: Headers = {}, team: Team = 'alpha') =>
  under.http.delete(`/v1/widgets/${id}`).set({ ...bearer(team), ...headers });
const codeOf = ({ body }: { body: { type?: string } }) =>
  body.type?.replace('urn:widget-mediator:problem:', '');
const audited = async () =>
  AuditLog.parse((await under.http.get('/v1/audit').set(bearer('operator'))).body).entries;
const etagOf = ({ headers }: { headers: Record<string, string> }) => String(headers['etag']);

describe('the entity tag of a registration', () => {
  test('is the same for the same revision, however it is asked for, and another for the next', async () => {
    const first = etagOf(await put('row'));
    expect(first).toMatch(/^"[\w-]+"$/);
    expect([etagOf(await put('row')), etagOf(await get('/row'))]).toEqual([first, first]);
    expect(etagOf(await put('row', { maxItems: 5 }))).not.toBe(first);
  });

  test('is another for a widget that was removed and registered anew', async () => {
    const first = etagOf(await put('row'));
    await remove('row');
    expect(etagOf(await put('row'))).not.toBe(first);
  });

  test('spares who has it the registration', async () => {
    const etag = etagOf(await put('row'));
    const answer = await get('/row', 'alpha', { 'If-None-Match': `"other", W/${etag}` });
    expect([answer.status, answer.text, etagOf(answer)]).toEqual([304, '', etag]);
    expect((await get('/row', 'alpha', { 'If-None-Match': '"other"' })).status).toBe(200);
  });
});

describe('a change on condition', () => {
  test('is made while the registration is as it was seen, and refused afterwards', async () => {
    const seen = etagOf(await put('row'));
    expect((await put('row', { maxItems: 5 }, { 'If-Match': `"other", ${seen}` })).status).toBe(200);
    const late = await put('row', { maxItems: 6 }, { 'If-Match': seen });
    expect([late.status, codeOf(late)]).toEqual([412, 'precondition-failed']);
    expect((await get('/row')).body.manifest.spec.maxItems).toBe(5);
  });

  test('is made by exactly one of many who saw the same', async () => {
    const seen = etagOf(await put('row'));
    const sizes = [5, 6, 7, 8, 9, 10];
    const answers = await Promise.all(
      sizes.map((maxItems) => put('row', { maxItems }, { 'If-Match': seen })),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect([won.length, answers.filter((one) => codeOf(one) === 'precondition-failed').length]).toEqual([
      1, 5,
    ]);
    const { revision, manifest: stored } = (await get('/row')).body;
    expect([revision, stored.spec.maxItems]).toEqual([2, won[0]?.body.manifest.spec.maxItems]);
  });

  test('that was made already is not refused when it is asked for again', async () => {
    const seen = etagOf(await put('row'));
    const change = () => put('row', { maxItems: 5 }, { 'If-Match': seen });
    expect([(await change()).status, (await change()).status]).toEqual([200, 200]);
    expect((await get('/row')).body.revision).toBe(2);
  });

  test('registers only what there is not yet, or only what there is', async () => {
    expect((await put('row', {}, { 'If-Match': '*' })).status).toBe(412);
    const both = await Promise.all([1, 2].map(() => put('row', {}, { 'If-None-Match': '*' })));
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 412]));
    expect((await put('row', { maxItems: 5 }, { 'If-Match': '*' })).status).toBe(200);
  });

  test('is never made on a condition that cannot be understood, or by a weak tag', async () => {
    const seen = etagOf(await put('row'));
    const bare = await put('row', { maxItems: 5 }, { 'If-Match': seen.replaceAll('"', '') });
    expect([bare.status, codeOf(bare)]).toEqual([400, 'malformed-request']);
    expect((await put('row', { maxItems: 5 }, { 'If-Match': `W/${seen}` })).status).toBe(412);
  });

  test('says nothing of a widget of another team', async () => {
    const seen = etagOf(await put('row'));
    for (const tag of [seen, '"other"'])
      expect(codeOf(await put('row', {}, { 'If-Match': tag }, 'beta'))).toBe('not-your-widget');
  });

  test('removes only what was seen, and leaves its content alone otherwise', async () => {
    const seen = etagOf(await put('row'));
    await register(under, manifest('row', { maxItems: 5 }));
    expect((await publish(under, 'row', publication(1, ['a', 'b']))).status).toBe(202);
    expect(codeOf(await remove('row', { 'If-Match': seen }))).toBe('precondition-failed');
    const page = () => under.http.get('/v1/homepage');
    await until('its content is on a page', async () => (await page()).text.includes('"id":"row"'));
    expect((await remove('row', { 'If-Match': etagOf(await get('/row')) })).status).toBe(204);
    expect((await get('/row')).status).toBe(404);
  });
});

describe('the history of a widget', () => {
  test('says who made which revision and when, newest first, and a revision can be put back', async () => {
    await put('row', { maxItems: 5 });
    await put('row', { maxItems: 6 });
    await put('row', { maxItems: 6 });
    const { versions, registered } = WidgetRevisions.parse((await get('/row/versions')).body);
    expect(registered).toBe(true);
    expect(versions.map(({ revision, team, key, action }) => [revision, team, key, action])).toEqual([
      [2, 'alpha', 'alpha', 'updated'],
      [1, 'alpha', 'alpha', 'created'],
    ]);
    const first = WidgetRevisionDetail.parse((await get('/row/versions/1')).body);
    expect([first.revision, first.manifest.spec.maxItems]).toEqual([1, 5]);
    const restored = await under.http.put('/v1/widgets/row').set(bearer('alpha')).send(first.manifest);
    expect([restored.body.revision, restored.body.manifest.spec.maxItems]).toEqual([3, 5]);
  });

  test('is there after the widget was removed, for its team and for operators', async () => {
    await put('row', { maxItems: 5 });
    await remove('row');
    for (const key of ['alpha', 'operator'] as const) {
      const { versions, registered } = WidgetRevisions.parse((await get('/row/versions', key)).body);
      expect([registered, versions.map(({ revision }) => revision)]).toEqual([false, [1]]);
    }
    expect((await get('/row/versions', 'beta')).status).toBe(404);
    expect((await get('/row/versions/1')).body.manifest.spec.maxItems).toBe(5);
  });

  test('says who removed the widget and when, then and after its team registered it again', async () => {
    await put('row', { maxItems: 5 });
    await put('row', { maxItems: 6 });
    await remove('row');
    const [logged] = await audited();
    const removed = { at: logged?.at, team: 'alpha', key: 'alpha' };
    const seen = async (key: 'alpha' | 'operator') =>
      WidgetRevisions.parse((await get('/row/versions', key)).body).versions.map((one) => [
        one.revision,
        one.action,
        one.removed,
      ]);
    const before = [
      [2, 'updated', removed],
      [1, 'created', undefined],
    ];
    expect(logged?.action).toBe('removed');
    expect(await seen('alpha')).toEqual(before);
    await put('row', { maxItems: 7 });
    for (const key of ['alpha', 'operator'] as const)
      expect(await seen(key)).toEqual([[1, 'created', undefined], ...before]);
  });

  test('tells revisions of the same number apart, and each can be read and put back', async () => {
    const former = (await put('row', { maxItems: 5 })).body;
    await remove('row');
    const current = (await put('row', { maxItems: 7 })).body;
    const { versions } = WidgetRevisions.parse((await get('/row/versions')).body);
    const incarnations = [current.incarnation, former.incarnation];
    expect(versions.map(({ incarnation, revision }) => [incarnation, revision])).toEqual(
      incarnations.map((one) => [one, 1]),
    );
    const maxItemsOf = async (query: string) => {
      const { incarnation, manifest: stored } = WidgetRevisionDetail.parse(
        (await get(`/row/versions/1${query}`)).body,
      );
      return [incarnation, stored.spec.maxItems];
    };
    expect(await maxItemsOf('')).toEqual([current.incarnation, 7]);
    expect(await maxItemsOf(`?incarnation=${current.incarnation}`)).toEqual([current.incarnation, 7]);
    expect(await maxItemsOf(`?incarnation=${former.incarnation}`)).toEqual([former.incarnation, 5]);
    expect(codeOf(await get('/row/versions/1?incarnation=other'))).toBe('revision-unknown');
    expect(codeOf(await get('/row/versions/1?incarnaton=other'))).toBe('validation-failed');
  });

  test('is of the last owner only, whoever had the id in between', async () => {
    await put('row', { maxItems: 5 });
    await remove('row');
    await put('row', { maxItems: 6, itemType: 'secret-of-beta' }, {}, 'beta');
    await remove('row', {}, 'beta');
    expect((await get('/row/versions')).status).toBe(404);
    await put('row', { maxItems: 7 });
    const list = await get('/row/versions');
    expect(list.text).not.toContain('beta');
    const { versions } = WidgetRevisions.parse(list.body);
    expect(versions.map(({ removed }) => removed?.team)).toEqual([undefined, 'alpha']);
    const shown = versions.map(({ incarnation }) => get(`/row/versions/1?incarnation=${incarnation}`));
    for (const { text } of await Promise.all(shown)) expect(text).not.toContain('beta');
    expect(codeOf(await get('/row/versions', 'beta'))).toBe('not-your-widget');
  });

  test('shows no other team what was before when the store lost that it was removed', async () => {
    await put('row', { itemType: 'secret-of-alpha' });
    const key = `${prefix}:{registry}:versions:widget:row`;
    const kept = await client.lrange(key, 0, -1);
    await remove('row');
    await client.del(key);
    await client.rpush(key, ...kept);
    await put('row', {}, {}, 'beta');
    const list = await get('/row/versions', 'beta');
    expect(WidgetRevisions.parse(list.body).versions.map(({ team }) => team)).toEqual(['beta']);
    expect(list.text).not.toContain('alpha');
  });

  test('is read as it was written before there were incarnations', async () => {
    await put('row', { maxItems: 5 });
    const key = `${prefix}:{registry}:versions:widget:row`;
    const [line = ''] = await client.lrange(key, 0, 0);
    await client.lset(key, 0, line.replace(/"incarnation":"[^"]*",/, ''));
    const { versions } = WidgetRevisions.parse((await get('/row/versions')).body);
    expect(versions.map(({ incarnation, revision }) => [incarnation, revision])).toEqual([['0', 1]]);
  });

  test('begins anew with the team that registers a removed widget, which sees nothing of the one before', async () => {
    await put('row', { maxItems: 5, itemType: 'secret-of-alpha' });
    await remove('row');
    await put('row', { maxItems: 9 }, {}, 'beta');
    const list = await get('/row/versions', 'beta');
    expect(WidgetRevisions.parse(list.body).versions.map(({ team }) => team)).toEqual(['beta']);
    const first = await get('/row/versions/1', 'beta');
    expect(first.body.manifest.spec.maxItems).toBe(9);
    expect((await get('/row/versions/2', 'beta')).status).toBe(404);
    for (const { text } of [list, first]) expect(text).not.toMatch(/secret-of-alpha|"alpha"/);
    expect(codeOf(await get('/row/versions', 'alpha'))).toBe('not-your-widget');
  });

  test.each(['0', '2', '1.0', '01', '-1', 'x'])('knows no revision %s', async (revision) => {
    await put('row');
    const answer = await get(`/row/versions/${revision}`);
    expect([answer.status, codeOf(answer)]).toEqual([404, 'revision-unknown']);
  });

  test('is nothing where there was never a widget', async () => {
    expect(codeOf(await get('/nobody/versions'))).toBe('widget-unknown');
    expect(codeOf(await get('/Not_A_Slug/versions'))).toBe('widget-unknown');
  });
});

describe('the list of widgets', () => {
  const listed = async (query = '', key: keyof typeof under.keys = 'alpha') =>
    WidgetList.parse((await get(query, key)).body);
  const idsOf = ({ widgets }: WidgetList) => widgets.map(({ id }) => id);

  beforeEach(async () => {
    await register(under, manifest('b'));
    await register(under, manifest('a', { lifecycle: 'shadow' }));
    await register(under, manifest('c', {}, 'beta'), under.keys.beta);
  });

  test("is a team's own, and all for operators", async () => {
    expect([idsOf(await listed()), idsOf(await listed('', 'beta'))]).toEqual([['a', 'b'], ['c']]);
    expect(idsOf(await listed('', 'operator'))).toEqual(['a', 'b', 'c']);
    expect((await get('', 'reader')).status).toBe(403);
    expect((await under.http.get('/v1/widgets')).status).toBe(401);
  });

  test('says of each what a team needs to change it', async () => {
    const [first] = (await listed()).widgets;
    const etag = etagOf(await get('/a'));
    expect(first).toMatchObject({
      id: 'a',
      owner: 'alpha',
      mode: 'push',
      lifecycle: 'shadow',
      revision: 1,
      etag,
    });
  });

  test('is read page by page', async () => {
    const first = await listed('?limit=2', 'operator');
    expect([idsOf(first), first.after]).toEqual([['a', 'b'], 'b']);
    const second = await listed('?limit=2&after=b', 'operator');
    expect([idsOf(second), second.after]).toEqual([['c'], undefined]);
  });

  test.each(['?limit=0', '?limit=501', '?after=Not_A_Slug', '?other=1'])('refuses %s', async (query) => {
    expect((await get(query)).status).toBe(422);
  });
});

describe('the quota of a team', () => {
  test('refuses one widget more, names itself, and holds nobody else', async () => {
    for (const id of ['a', 'b', 'c']) expect((await put(id)).status).toBe(201);
    const answer = await put('d');
    expect([answer.status, codeOf(answer), answer.body.quota]).toEqual([
      403,
      'quota-exceeded',
      { name: 'widgets', max: 3 },
    ]);
    expect((await put('a', { maxItems: 5 })).status).toBe(200);
    expect((await put('d', {}, {}, 'beta')).status).toBe(201);
    await remove('b');
    expect((await put('e')).status).toBe(201);
  });

  test('is not exceeded by registrations that come at once, on several mediators', async () => {
    const environment = { WIDGETS_PER_TEAM: '3' };
    const options = { redisUrl: redis.url, redisPrefix: 'shared-quota', environment };
    const mediators = await Promise.all([startMediator(options), startMediator(options)]);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        mediators[n % 2]?.http
          .put(`/v1/widgets/w${n}`)
          .set(bearer('alpha'))
          .send(manifest(`w${n}`)),
      ),
    );
    const statuses = answers.map((answer) => answer?.status);
    expect([
      statuses.filter((one) => one === 201).length,
      statuses.filter((one) => one === 403).length,
    ]).toEqual([3, 9]);
    await Promise.all(mediators.map((one) => one.stop()));
  });

  test('counts what was registered before there were counts', async () => {
    for (const id of ['a', 'b', 'c']) await put(id);
    await put('x', {}, {}, 'beta');
    const counts = `${prefix}:{registry}:owned:widget`;
    expect(await client.del(counts)).toBe(1);
    expect(codeOf(await put('d'))).toBe('quota-exceeded');
    expect((await client.hgetall(counts))['beta']).toBe('1');
    await remove('a');
    expect((await put('d')).status).toBe(201);
  });
});

test('a registration that nobody can read any more is nobody’s to take', async () => {
  await put('row');
  expect(await client.hset(`${prefix}:{registry}:registrations`, 'row', '{}')).toBe(0);
  expect((await put('row', {}, {}, 'beta')).status).toBe(503);
});

test('the audit log tells a deprecation from other changes', async () => {
  await put('row');
  const { manifest: written } = Registration.parse((await get('/row')).body);
  const deprecation = { since: '2026-12-01T00:00:00Z' };
  const deprecated = { ...written, metadata: { ...written.metadata, deprecation } };
  await under.http.put('/v1/widgets/row').set(bearer('alpha')).send(deprecated);
  expect((await audited()).map(({ action }) => action)).toEqual(['deprecated', 'created']);
});

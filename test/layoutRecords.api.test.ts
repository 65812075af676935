import {
  AuditLog,
  type LayoutInput,
  LayoutList,
  LayoutRecord,
  LayoutVersions,
  Problem,
} from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import { layoutInput } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let other: MediatorUnderTest;
let run = 0;
let redisPrefix: string;

const file = layoutInput({ prior: [] });
const [hero, one, two] = file.placements;
if (hero === undefined || one === undefined || two === undefined) throw new Error('there are three');
const short = (version: string): LayoutInput => ({ ...file, version, placements: [hero, one] });

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  run += 1;
  redisPrefix = `layouts${run}`;
  under = await start();
  other = await start();
});
afterEach(async () => {
  await under.stop();
  await other.stop();
});

const start = () =>
  startMediator({
    redisUrl: redis.url,
    redisPrefix,
    layout: file,
    environment: { RESYNC_EVERY_MS: '3600000' },
  });
const operator = () => ['Authorization', `Bearer ${under.keys.operator}`] as const;
const call = (method: 'get' | 'put' | 'post' | 'delete', path = '', headers: Record<string, string> = {}) =>
  under.http[method](`/v1/layouts${path}`)
    .set(...operator())
    .set(headers);
const put = (layout: LayoutInput, headers: Record<string, string> = {}) =>
  call('put', `/${layout.id}`, headers).send(layout);
const list = async () => LayoutList.strict().parse((await call('get')).body).layouts;
const pageOn = async (mediator: MediatorUnderTest, query = '') =>
  (await mediator.http.get(`/v1/homepage${query}`)).body;
const usedEverywhere = (version: string, device = 'web') =>
  until(
    `${version} is in use everywhere`,
    async () =>
      (await pageOn(under, `?device=${device}`)).layoutVersion === version &&
      (await pageOn(other, `?device=${device}`)).layoutVersion === version,
    5_000,
  );
const codeOf = (answer: { body: unknown }) => Problem.parse(answer.body).type.split(':').at(-1);

test('what is set holds for all mediators, also for those that start later, until the file holds again', async () => {
  expect(await list()).toEqual([
    { id: 'homepage', version: 'test-1', origin: 'file', revision: 0, etag: expect.any(String) },
  ]);
  const answer = await put(short('short-1'));
  expect(answer.status).toBe(201);
  const record = LayoutRecord.parse(answer.body);
  expect(record).toMatchObject({ origin: 'store', revision: 1, team: 'platform', warnings: [] });
  await usedEverywhere('short-1');
  expect((await pageOn(other)).placements).toHaveLength(2);
  const late = await start();
  expect((await pageOn(late)).layoutVersion).toBe('short-1');
  await late.stop();
  expect((await call('delete', '/homepage')).status).toBe(204);
  await usedEverywhere('test-1');
  expect((await pageOn(under)).placements).toHaveLength(3);
});

test('what nobody announced is followed all the same', async () => {
  const hand = new Redis(redis.url);
  const silent = `${redisPrefix}-silent`;
  const told = await startMediator({ redisUrl: redis.url, redisPrefix: silent, layout: file });
  await told.http
    .put('/v1/layouts/homepage')
    .set(...operator())
    .send(short('unheard'));
  const record = await hand.hget(`${silent}:{registry}:layouts`, 'homepage');
  const [entry] = await hand.xrange(`${silent}:{registry}:audit`, '-', '+');
  await hand.hset(`${redisPrefix}:{registry}:layouts`, 'homepage', record ?? '');
  await hand.xadd(`${redisPrefix}:{registry}:audit`, '*', ...(entry?.[1] ?? []));
  await usedEverywhere('unheard');
  await hand.del(`${redisPrefix}:{registry}:layouts`, `${redisPrefix}:{registry}:audit`);
  await usedEverywhere('test-1');
  await told.stop();
  hand.disconnect();
});

test('a change is made only to what its author saw', async () => {
  const seen = await call('get', '/homepage');
  expect(LayoutRecord.parse(seen.body)).toMatchObject({ origin: 'file', layout: { version: 'test-1' } });
  const etag = String(seen.headers['etag']);
  expect((await list())[0]?.etag).toBe(etag);
  const first = await put(short('short-1'), { 'If-Match': etag });
  expect(first.status).toBe(201);
  const late = await put(short('short-2'), { 'If-Match': etag });
  expect([late.status, codeOf(late)]).toEqual([412, 'precondition-failed']);
  expect((await call('delete', '/homepage', { 'If-Match': etag })).status).toBe(412);
  expect((await put(short('short-3'), { 'If-None-Match': '*' })).status).toBe(412);
  // Whoever did not hear the answer asks again.
  const again = await put(short('short-1'), { 'If-Match': etag });
  expect([again.status, again.headers['etag']]).toEqual([200, first.headers['etag']]);
  expect((await put(short('short-2'), { 'If-Match': String(first.headers['etag']) })).status).toBe(200);
});

test('two at once: one is made, the other is told', async () => {
  const etag = String((await call('get', '/homepage')).headers['etag']);
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((version) => put(short(version), { 'If-Match': etag }).then(({ status }) => status)),
  );
  expect(answers.sort((a, b) => a - b)).toEqual([201, 412, 412]);
});

test('versions are listed, and one of them can be in use again', async () => {
  await put(short('short-1'));
  await put({ ...short('short-2'), placements: [hero] });
  const back = await call('post', '/homepage/rollback').send({ revision: 1 });
  expect([back.status, LayoutRecord.parse(back.body).layout.version]).toEqual([200, 'short-1']);
  await usedEverywhere('short-1');
  expect((await pageOn(under)).placements).toHaveLength(2);
  await call('delete', '/homepage');
  // By hand: the same content under its old version.
  expect((await put({ ...short('short-2'), placements: [hero] })).status).toBe(201);
  const { versions } = LayoutVersions.parse((await call('get', '/homepage/versions')).body);
  expect(versions.map(({ revision, version, action }) => [revision, version, action])).toEqual([
    [4, 'short-2', 'created'],
    [3, undefined, 'removed'],
    [3, 'short-1', 'rolled-back'],
    [2, 'short-2', 'updated'],
    [1, 'short-1', 'created'],
  ]);
  const { body } = await under.http.get('/v1/audit?limit=1').set(...operator());
  expect(AuditLog.parse(body).entries[0]).toMatchObject({
    action: 'created',
    kind: 'layout',
    subject: 'homepage',
    revision: 4,
  });
});

test('a version is one content, of the file as well', async () => {
  await put(short('short-1'));
  await put(short('short-2'));
  for (const version of ['short-1', 'test-1']) {
    const answer = await put({ ...short(version), deadlineMs: 150 });
    expect([answer.status, codeOf(answer)]).toEqual([409, 'layout-version-reused']);
  }
});

test('all findings are told at once, and nothing is changed', async () => {
  const answer = await put({
    ...file,
    version: 'faulty',
    strategy: 'remote',
    prior: ['editors-1', 'editors-1'],
    ranker: { endpoint: 'https://elsewhere.example/rank' },
    placements: [hero, { ...one, pins: [{ widget: 'editors-2' }, { widget: 'editors-3' }] }, two],
    devices: ['web'],
  });
  expect([answer.status, codeOf(answer)]).toEqual([422, 'validation-failed']);
  expect(Problem.parse(answer.body).errors?.map(({ pointer }) => pointer)).toEqual([
    '/prior/1',
    '/placements/1/pins/1',
    '/ranker/endpoint',
    '/devices',
  ]);
  expect((await list())[0]?.origin).toBe('file');
});

test('another layout may be for some devices, if each has exactly one', async () => {
  const tv = layoutInput({ id: 'tv', version: 'tv-1', devices: ['tv'], prior: [], placements: [hero] });
  expect((await put(tv)).status).toBe(201);
  await usedEverywhere('tv-1', 'tv');
  await usedEverywhere('test-1', 'web');
  const rival = await put({ ...tv, id: 'screens', version: 'screens-1' });
  expect([rival.status, Problem.parse(rival.body).errors?.[0]?.pointer]).toEqual([422, '/devices']);
  // Now that the phone has one of its own, the file need not be for it; and then the one for phones must stay.
  await put({ ...tv, id: 'small', version: 'small-1', devices: ['phone', 'tablet'] });
  await put({ ...file, version: 'web-1', devices: ['web'] });
  await usedEverywhere('web-1');
  const removal = await call('delete', '/small');
  expect([removal.status, codeOf(removal)]).toEqual([422, 'validation-failed']);
  expect((await list()).map(({ id, origin }) => [id, origin])).toEqual([
    ['homepage', 'store'],
    ['small', 'store'],
    ['tv', 'store'],
  ]);
});

test('everything follows: eligibility, names of lists, cursors, and what is said of registrations', async () => {
  await register(under, manifest('tile-only', { placements: ['tile'] }));
  const paged = { ...file, version: 'paged', pageSize: 1 };
  await put(paged);
  await usedEverywhere('paged');
  const cursor = String((await pageOn(under)).nextCursor);
  expect((await under.http.get(`/v1/homepage?cursor=${cursor}`)).status).toBe(200);
  const tiles: LayoutInput = {
    ...paged,
    version: 'tiles',
    placements: [{ id: 'tile', kind: 'tile', required: false, pins: [{ widget: 'nobody' }] }, hero],
    editorial: [...file.editorial, { ...editors('late-list'), placements: ['hero'] }],
  };
  const set = await put(tiles);
  expect(LayoutRecord.parse(set.body).warnings?.map(({ pointer }) => pointer)).toContain(
    '/placements/0/pins/0/widget',
  );
  await usedEverywhere('tiles');
  const former = await under.http.get(`/v1/homepage?cursor=${cursor}`);
  expect([former.status, codeOf(former)]).toEqual([400, 'cursor-invalid']);
  const explained = await under.http.get('/v1/homepage?explain=true').set(...operator());
  const verdicts: { widget: string; code: string }[] = explained.body.trace.verdicts;
  expect(verdicts.find(({ widget }) => widget === 'tile-only')?.code).toBe('no-publication');
  const taken = await under.http
    .put('/v1/widgets/late-list')
    .set('Authorization', `Bearer ${under.keys.alpha}`)
    .send(manifest('late-list'));
  expect([taken.status, Problem.parse(taken.body).errors?.[0]?.pointer]).toEqual([422, '/metadata/id']);
  await until('the registrations were looked at again', () =>
    under.logged.some(
      ({ msg, pointer }) =>
        msg === 'the layout does not go with what is registered' && pointer === '/placements/0/pins/0/widget',
    ),
  );
});

test('with the store away pages stay as they are, and nothing is set', async () => {
  await put(short('short-1'));
  await usedEverywhere('short-1');
  redis.freeze();
  try {
    expect((await put(short('short-2'))).status).toBe(503);
    expect((await pageOn(under)).layoutVersion).toBe('short-1');
  } finally {
    redis.thaw();
  }
});

test('what is not there is not found', async () => {
  for (const [method, path, status, code] of [
    ['get', '/nowhere', 404, 'layout-unknown'],
    ['get', '/nowhere/versions', 404, 'layout-unknown'],
    ['get', '/Not%20One', 404, 'layout-unknown'],
    ['delete', '/homepage', 404, 'layout-unknown'],
    ['delete', '/constructor', 404, 'layout-unknown'],
    ['post', '/homepage', 405, 'method-not-allowed'],
  ] as const) {
    const answer = await call(method, path);
    expect([path, answer.status, codeOf(answer)]).toEqual([path, status, code]);
  }
});

test('what names another layout, or no revision, is refused', async () => {
  const foreign = await call('put', '/other').send(file);
  expect([foreign.status, Problem.parse(foreign.body).errors?.[0]?.pointer]).toEqual([422, '/id']);
  const revision = await call('post', '/homepage/rollback').send({ revision: 7 });
  expect([revision.status, codeOf(revision)]).toEqual([404, 'layout-unknown']);
  expect((await call('post', '/homepage/rollback').send({ revision: 'x' })).status).toBe(422);
  expect((await put(short('x'), { 'If-Match': 'no tag' })).status).toBe(400);
});

test('is for operators only', async () => {
  for (const name of ['alpha', 'reader'] as const) {
    const key = ['Authorization', `Bearer ${under.keys[name]}`] as const;
    const { http } = under;
    for (const request of [
      http.get('/v1/layouts'),
      http.get('/v1/layouts/homepage/versions'),
      http.put('/v1/layouts/homepage').send(file),
      http.delete('/v1/layouts/homepage'),
      http.post('/v1/layouts/homepage/rollback').send({ revision: 1 }),
    ])
      expect((await request.set(...key)).status).toBe(403);
  }
});

function editors(id: string): LayoutInput['editorial'][number] {
  const items = [1, 2, 3].map((n) => ({ id: `${id}-${n}`, title: `Film ${n}` }));
  return { id, title: 'A list', itemType: 'film', minItems: 2, placements: ['row'], items };
}

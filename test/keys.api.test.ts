import { ApiKey, AuditLog, KeyList, type KeyRequest, NewKey, type Scope } from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import { startDeafRedis } from './support/deafRedis.ts';
import { startFreezer } from './support/freezer.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest } from './support/widgets.ts';

let redis: TestRedis;
let redisPrefix: string;
let under: MediatorUnderTest;
let started = 0;

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  started += 1;
  redisPrefix = `keys-${started}`;
  under = await startMediator({ redisUrl: redis.url, redisPrefix });
});
afterEach(() => under.stop());

const bearer = (key: string) => ['Authorization', `Bearer ${key}`] as const;
const ask = (wanted: unknown, at = under) =>
  at.http
    .post('/v1/keys')
    .set(...bearer(at.keys.operator))
    .send(wanted as object);
const wanted = (team: string, ...scopes: Scope[]): KeyRequest => ({ team, scopes });
async function make(team: string, ...scopes: Scope[]): Promise<NewKey> {
  const { status, body } = await ask(wanted(team, ...scopes));
  expect(status).toBe(201);
  return NewKey.parse(body);
}
const revoke = (id: string, at = under) => at.http.delete(`/v1/keys/${id}`).set(...bearer(at.keys.operator));
const rotate = (key: string, at = under) => at.http.post('/v1/key/rotate').set(...bearer(key));
/** 200 while the key is taken. */
const own = (key: string, at = under) => at.http.get('/v1/key').set(...bearer(key));
const list = async (at = under) =>
  KeyList.parse((await at.http.get('/v1/keys').set(...bearer(at.keys.operator))).body).keys;
const problem = ({ status, body }: { status: number; body: { type?: string } }) => [
  status,
  body.type?.replace('urn:widget-mediator:problem:', ''),
];

test('a key that an operator makes is shown once, and works for its team and scopes only', async () => {
  const { body, headers } = await ask({ ...wanted('gamma', 'publish'), note: 'for their pipeline' });
  const { key, ...listed } = NewKey.parse(body);
  expect(key).toMatch(/^wm_[0-9a-f]{16}_[\w-]{43}$/);
  expect(headers['cache-control']).toBe('no-store');
  const put = (owner: string) =>
    under.http
      .put(`/v1/widgets/of-${owner}`)
      .set(...bearer(key))
      .send(manifest(`of-${owner}`, {}, owner));
  expect((await put('gamma')).status).toBe(201);
  expect(problem(await put('alpha'))).toEqual([403, 'not-your-widget']);
  expect(problem(await under.http.get('/v1/homepage?user=u1').set(...bearer(key)))).toEqual([
    403,
    'scope-missing',
  ]);
  expect(ApiKey.strict().parse((await own(key)).body)).toEqual(listed);
  expect(await list()).toContainEqual(listed);
  expect(await list()).toContainEqual({
    id: 'alpha',
    team: 'alpha',
    scopes: ['publish'],
    origin: 'file',
  });
});

test('what is kept is a hash: no key stands in Redis, and none is listed', async () => {
  const { id, key } = await make('gamma', 'publish', 'read');
  const hand = new Redis(redis.url);
  const record = JSON.parse((await hand.hget(`${redisPrefix}:{registry}:keys`, id)) ?? '{}');
  const kept = await Promise.all(
    (await hand.keys(`${redisPrefix}:{registry}:*`)).map(async (name) => (await hand.dump(name)) ?? ''),
  );
  hand.disconnect();
  expect(record.sha256).toMatch(/^[0-9a-f]{64}$/);
  const secret = key.split('_').slice(2).join('_');
  expect(kept.join('\n')).not.toContain(secret);
  const { text } = await under.http.get('/v1/keys').set(...bearer(under.keys.operator));
  expect(text).not.toContain(secret);
  expect(text).not.toContain(record.sha256);
});

test('rotation overlaps: old and new work until the old is revoked, and a third there is not', async () => {
  const first = await make('gamma', 'publish');
  const second = NewKey.parse((await rotate(first.key)).body);
  expect([second.team, second.scopes]).toEqual(['gamma', ['publish']]);
  for (const { key } of [first, second]) expect((await own(key)).status).toBe(200);
  expect(problem(await rotate(second.key))).toEqual([409, 'keys-exhausted']);
  const refused = await ask(wanted('gamma', 'read', 'publish'));
  expect(problem(refused)).toEqual([409, 'keys-exhausted']);
  expect(refused.body.errors).toEqual([
    { pointer: '/scopes/1', detail: 'the team has two active keys of this scope' },
  ]);

  expect((await under.http.delete('/v1/key').set(...bearer(first.key))).status).toBe(204);
  expect(problem(await own(first.key))).toEqual([401, 'key-unknown']);
  expect((await own(second.key)).status).toBe(200);
  expect((await rotate(second.key)).status).toBe(201);
});

test('of two operators who both want the last place, on two mediators, one gets it', async () => {
  const other = await startMediator({ redisUrl: redis.url, redisPrefix });
  await make('gamma', 'publish');
  const statuses = await Promise.all(
    [under, other, under, other].map(async (at) => (await ask(wanted('gamma', 'publish'), at)).status),
  );
  expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  await other.stop();
});

test('a key of the file counts, is rotated like any other, and cannot be revoked here', async () => {
  const next = NewKey.parse((await rotate(under.keys.alpha)).body);
  expect((await own(next.key)).body).toMatchObject({ team: 'alpha', scopes: ['publish'], origin: 'api' });
  expect(problem(await rotate(under.keys.alpha))).toEqual([409, 'keys-exhausted']);
  expect(problem(await revoke('alpha'))).toEqual([409, 'key-of-file']);
  expect(problem(await under.http.delete('/v1/key').set(...bearer(under.keys.alpha)))).toEqual([
    409,
    'key-of-file',
  ]);
  expect((await own(under.keys.alpha)).status).toBe(200);
});

test('the audit log says who made and who revoked a key, and whose it is', async () => {
  const { id, key } = await make('gamma', 'publish');
  const next = NewKey.parse((await rotate(key)).body);
  await revoke(id);
  const { body } = await under.http.get('/v1/audit').set(...bearer(under.keys.operator));
  const of = { kind: 'key', owner: 'gamma' };
  const entries = AuditLog.parse(body).entries.map(({ id: _id, at: _at, ...entry }) => entry);
  expect(entries).toEqual([
    { ...of, team: 'platform', key: 'operator', action: 'revoked', subject: id },
    { ...of, team: 'gamma', key: id, action: 'created', subject: next.id },
    { ...of, team: 'platform', key: 'operator', action: 'created', subject: id },
  ]);
});

test.each([
  ['no team', { scopes: ['publish'] }, '/team'],
  ['no scope', { team: 'gamma', scopes: [] }, '/scopes'],
  ['a scope there is not', { team: 'gamma', scopes: ['publish', 'admin'] }, '/scopes/1'],
  ['a scope twice', { team: 'gamma', scopes: ['read', 'read'] }, '/scopes'],
  ['a secret of its own', { team: 'gamma', scopes: ['read'], key: 'x' }, '/key'],
  ['a field named like a key', { team: 'gamma', scopes: ['read'], [`wm_x_${'s'.repeat(43)}`]: 1 }, '/?'],
  ['an endless note', { team: 'gamma', scopes: ['read'], note: 'x'.repeat(201) }, '/note'],
])('a key with %s is refused', async (_what, body, pointer) => {
  const refused = await ask(body);
  expect(problem(refused)).toEqual([422, 'validation-failed']);
  expect(refused.body.errors[0].pointer).toBe(pointer);
});

test.each(['0123456789abcdef', 'UPPER', `wm_x_${'s'.repeat(43)}`, '__proto__', '%E0%A4%A'])(
  'there is no key %s to be revoked',
  async (id) => {
    const { status, text } = await revoke(id);
    expect(status).toBe(id.startsWith('%') ? 400 : 404);
    expect(text).not.toContain('sss');
  },
);

test('a key that is revoked on one mediator stops working on another within 5 s', async () => {
  const other = await startMediator({ redisUrl: redis.url, redisPrefix });
  const { id, key } = await make('gamma', 'read');
  await until('the other takes it', async () => (await own(key, other)).status === 200, 5_000);
  expect((await revoke(id)).status).toBe(204);
  expect((await own(key)).status).toBe(401);
  await until('the other does not take it', async () => (await own(key, other)).status === 401, 5_000);
  expect(problem(await revoke(id, other))).toEqual([404, 'no-such-key']);
  await other.stop();
});

test('so it does when the announcement is lost', async () => {
  const deaf = await startDeafRedis(redis.url);
  const other = await startMediator({ redisUrl: deaf.url, redisPrefix });
  const { id, key } = await make('gamma', 'read');
  await until('the other takes it', async () => (await own(key, other)).status === 200, 5_000);
  expect((await revoke(id)).status).toBe(204);
  expect((await own(key, other)).status).toBe(200);
  await until('the other does not take it', async () => (await own(key, other)).status === 401, 5_000);
  expect(deaf.lost()).toBeGreaterThan(1);
  await other.stop();
  await deaf.close();
});

test('a key outlives the mediator that made it', async () => {
  const { key } = await make('gamma', 'read');
  await under.stop();
  under = await startMediator({ redisUrl: redis.url, redisPrefix });
  expect((await own(key)).status).toBe(200);
});

test('without Redis a mediator takes the keys it knows, and makes and revokes none; what was revoked meanwhile ends when it is back', async () => {
  const way = await startFreezer(redis.url);
  const cutOff = await startMediator({ redisUrl: way.url, redisPrefix });
  const { id, key } = await make('gamma', 'read');
  await until('it takes the key', async () => (await own(key, cutOff)).status === 200, 5_000);
  way.freeze();
  expect((await revoke(id)).status).toBe(204);
  expect((await own(key, cutOff)).status).toBe(200);
  expect((await cutOff.http.get('/v1/homepage').set(...bearer(key))).status).toBe(200);
  expect(problem(await revoke(id, cutOff))).toEqual([503, 'store-unavailable']);
  expect(problem(await ask(wanted('gamma', 'read'), cutOff))).toEqual([503, 'store-unavailable']);
  expect((await list(cutOff)).map((one) => one.id)).toContain(id);

  way.thaw();
  await until('it does not take the key', async () => (await own(key, cutOff)).status === 401, 5_000);
  await cutOff.stop();
  await way.close();
});

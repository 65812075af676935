import { AuditLog, Page, Problem, UserErasure } from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let other: MediatorUnderTest;
let source: StubSource;
let hand: Redis;
const prefix = 'erasure';
const user = 'viewer-to-be-erased';

beforeAll(async () => {
  redis = await startTestRedis();
  hand = new Redis(redis.url);
  source = await startStubSource(answers(publication(1, ['pulled-1', 'pulled-2'])));
  const options = {
    redisUrl: redis.url,
    redisPrefix: prefix,
    layout: roomyLayout(),
    environment: { RESYNC_EVERY_MS: '3600000' },
  };
  under = await startMediator(options);
  other = await startMediator(options);
  await register(under, manifest('pushed'));
  const delivery = {
    mode: 'pull' as const,
    endpoint: source.endpoint,
    vary: ['user' as const],
    ttlMs: 60_000,
    staleForMs: 60_000,
  };
  await register(under, pullManifest('pulled', source.endpoint, { delivery }));
});
afterAll(async () => {
  hand.disconnect();
  await under.stop();
  await other.stop();
  await source.close();
  await redis.end();
});

const bearer = (key: string) => ['Authorization', `Bearer ${key}`] as const;
const erase = (who: string = user, key: string = under.keys.operator) =>
  under.http.delete(`/v1/users/${encodeURIComponent(who)}`).set(...bearer(key));
const forUser = (version: number, ids: readonly string[], who = user) =>
  publish(under, 'pushed', publication(version, ids, { audience: { type: 'user', user: who } }));
async function itemsFor(mediator: MediatorUnderTest, who = user): Promise<string[]> {
  const { body } = await mediator.http.get(`/v1/homepage?user=${who}`).set(...bearer(under.keys.reader));
  return Page.parse(body).placements.flatMap(({ widget }) => widget.items.map(({ id }) => id));
}
const everywhere =
  (holds: (items: string[]) => boolean, who = user) =>
  async () =>
    holds(await itemsFor(under, who)) && holds(await itemsFor(other, who));
/** The pages of a user that each replica asked the source for. */
const asked = (who = user) => source.asked.filter(({ body }) => JSON.parse(body).user === who).length;

async function settle(version: number, ids: readonly string[]): Promise<void> {
  await forUser(version, ids);
  await until(
    'it is shown everywhere',
    everywhere((items) => items.includes(ids[0] ?? '') && items.includes('pulled-1')),
  );
}

test('nothing of a user is left in the store, nor in any mediator', async () => {
  await settle(5, ['own-1', 'own-2']);
  await forUser(1, ['theirs-1', 'theirs-2'], 'neighbour');
  await until(
    'the neighbour is served',
    everywhere((items) => items.includes('theirs-1'), 'neighbour'),
  );
  const before = { user: asked(), neighbour: asked('neighbour') };
  const answer = await erase();
  expect([answer.status, UserErasure.parse(answer.body).publications]).toEqual([200, 1]);
  await until(
    'it is gone everywhere',
    everywhere((items) => !items.includes('own-1')),
    5_000,
  );
  // What was pulled for the user was forgotten, too, and is asked for again; the neighbour's was not.
  expect(asked()).toBe(before.user + 2);
  await itemsFor(under, 'neighbour');
  expect(asked('neighbour')).toBe(before.neighbour);
  expect(await itemsFor(other, 'neighbour')).toContain('theirs-1');
  await expectNoTrace();
});

test('what is published for the user afterwards is kept and shown, also under an older version', async () => {
  expect((await forUser(2, ['again-1', 'again-2'])).status).toBe(202);
  await until(
    'it is shown',
    everywhere((items) => items.includes('again-1')),
  );
});

test('the log says that somebody was erased, and not who', async () => {
  const { subject } = UserErasure.parse((await erase()).body);
  const { text, body } = await under.http.get('/v1/audit?limit=1').set(...bearer(under.keys.operator));
  expect(AuditLog.parse(body).entries).toEqual([
    expect.objectContaining({ action: 'erased', kind: 'user', subject, team: 'platform', key: 'operator' }),
  ]);
  expect(text).not.toContain(user);
});

test('an erasure that nobody announced is followed all the same', async () => {
  await settle(9, ['unheard-1', 'unheard-2']);
  for (const key of await hand.keys(`${prefix}:{user:*`)) await hand.del(key);
  const entry = {
    at: new Date().toISOString(),
    team: 'platform',
    key: 'operator',
    action: 'erased',
    kind: 'user',
    subject: 'somebody',
  };
  await hand.xadd(`${prefix}:{registry}:audit`, '*', 'entry', JSON.stringify(entry));
  await until(
    'it is gone everywhere',
    everywhere((items) => !items.includes('unheard-1')),
    5_000,
  );
});

test('who is not known is erased, too: nothing says who is', async () => {
  expect(UserErasure.parse((await erase('nobody/ever?')).body).publications).toBe(0);
});

test('what cannot be a user is refused, and not repeated', async () => {
  const answer = await erase('two words');
  expect([answer.status, Problem.parse(answer.body).errors]).toEqual([
    422,
    [{ pointer: '/userId', detail: expect.any(String) }],
  ]);
  expect(answer.text).not.toContain('two words');
});

test.each(['alpha', 'reader'] as const)('is not for %s', async (name) => {
  expect((await erase(user, under.keys[name])).status).toBe(403);
});

test('a store that is away erases nothing, and says so', async () => {
  redis.freeze();
  try {
    const answer = await erase();
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
  } finally {
    redis.thaw();
  }
});

/** No key and no value holds the user's name, nor anything that was published for them; sampled pages name nobody. */
async function expectNoTrace(): Promise<void> {
  for (const key of await hand.keys(`${prefix}:*`)) {
    const dump = (await hand.dumpBuffer(key))?.toString('latin1') ?? '';
    expect([key, dump.includes(user)]).toEqual([key, false]);
    if (!key.endsWith(':page-log')) expect([key, dump.includes('own-1')]).toEqual([key, false]);
  }
}

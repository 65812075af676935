import { Receipt } from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import {
  createRedisIdempotencyStore,
  keptForMs,
  maxBytesOfTeam,
} from '../services/mediator/src/store/idempotencyStore.ts';
import { createRedisKeys } from '../services/mediator/src/store/redisKeys.ts';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator, testKeys } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, register } from './support/widgets.ts';

const redisPrefix = 'once';
let redis: TestRedis;
let client: Redis;
beforeAll(async () => {
  redis = await startTestRedis();
  client = new Redis(redis.url);
});
afterAll(async () => {
  client.disconnect();
  await redis.end();
});

describe('an Idempotency-Key', () => {
  let under: MediatorUnderTest;
  let other: MediatorUnderTest;
  beforeAll(async () => {
    const options = { redisUrl: redis.url, redisPrefix, layout: roomyLayout() };
    [under, other] = await Promise.all([startMediator(options), startMediator(options)]);
    for (const id of ['first', 'second', 'aged']) await register(under, manifest(id));
    await register(under, manifest('foreign', {}, 'beta'), testKeys.beta);
    await until(
      'the other mediator knows them',
      async () => (await send('p', 'first', publication(1, ['a', 'b']), other)).status === 202,
    );
  });
  afterAll(() => Promise.all([under.stop(), other.stop()]));

  const send = (key: string, widget: string, body: object, at = under, by: string = testKeys.alpha) =>
    at.http
      .post(`/v1/widgets/${widget}/publications`)
      .set('Authorization', `Bearer ${by}`)
      .set('Idempotency-Key', key)
      .send(body);

  test('gets the same content stored once, and the same answer from every mediator', async () => {
    const first = await send('"k-1"', 'first', publication(10, ['a', 'b', 'a']));
    expect([first.status, first.headers['idempotent-replayed']]).toEqual([202, undefined]);
    for (const at of [under, other]) {
      const again = await send('"k-1"', 'first', publication(10, ['a', 'b', 'a']), at);
      expect([again.status, again.headers['idempotent-replayed']]).toEqual([202, 'true']);
      expect(again.body).toEqual(first.body);
      expect(Receipt.parse(again.body).verdicts).toHaveLength(1);
    }
  });

  test('is answered as the first time even when a newer version has come since', async () => {
    const first = await send('k-2', 'first', publication(20, ['a', 'b']));
    await send('k-3', 'first', publication(21, ['a', 'b']));
    const again = await send('k-2', 'first', publication(20, ['a', 'b']));
    expect([again.status, again.body]).toEqual([202, first.body]);
  });

  test('is refused with other content, and for another widget; quotes make no difference', async () => {
    await send('k-4', 'first', publication(30, ['a', 'b']));
    for (const attempt of [
      () => send('"k-4"', 'first', publication(31, ['a', 'b'])),
      () => send('k-4', 'second', publication(30, ['a', 'b']), other),
    ]) {
      const refused = await attempt();
      expect([refused.status, refused.body.type]).toEqual([
        422,
        expect.stringMatching(/idempotency-key-reused$/),
      ]);
    }
  });

  test("is a team's own", async () => {
    await send('shared', 'first', publication(40, ['a', 'b']));
    const theirs = await send('shared', 'foreign', publication(7, ['a', 'b']), under, testKeys.beta);
    expect([theirs.status, theirs.headers['idempotent-replayed']]).toEqual([202, undefined]);
  });

  test('is not spent by what is refused, nor by a dry run', async () => {
    expect((await send('k-5', 'second', publication(0, ['a']))).status).toBe(422);
    await send('other', 'second', publication(50, ['a', 'b']));
    expect((await send('k-5', 'second', publication(49, ['a', 'b']))).status).toBe(409);
    await until('what was refused is forgotten', async () => {
      const { status } = await send('k-5', 'second', publication(51, ['a', 'b']));
      return status === 202;
    });
    const dry = await under.http
      .post('/v1/widgets/second/publications?dryRun=true')
      .set('Authorization', `Bearer ${testKeys.alpha}`)
      .set('Idempotency-Key', 'k-5')
      .send(publication(99, ['a', 'b']));
    expect(dry.status).toBe(200);
  });

  test('is not spent by what a Redis that does not answer is asked, and does once it goes on', async () => {
    redis.freeze();
    try {
      expect((await send('k-9', 'first', publication(80, ['a', 'b']))).status).toBe(503);
    } finally {
      redis.thaw();
    }
    await until('Redis has done what it was asked', async () => (await client.ping()) === 'PONG');
    const mended = await send('k-9', 'first', publication(81, ['a', 'b']));
    expect([mended.status, mended.headers['idempotent-replayed']]).toEqual([202, undefined]);
  });

  test('of many requests at once lets one through; the others are told so, or get its answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        send('k-6', 'second', publication(60, ['a', 'b']), n % 2 ? under : other),
      ),
    );
    const stored = answers.filter(
      ({ status, headers }) => status === 202 && headers['idempotent-replayed'] === undefined,
    );
    expect(stored).toHaveLength(1);
    for (const { status, body, headers } of answers) {
      if (status === 202) continue;
      expect([status, body.type, headers['retry-after']]).toEqual([
        409,
        expect.stringMatching(/idempotency-key-in-use$/),
        '1',
      ]);
    }
  });

  test('counts even when the content has grown too old since', async () => {
    await register(under, manifest('aged', { budget: { maxAgeMs: 1_000 } }));
    const generatedAt = new Date().toISOString();
    const body = publication(1, ['a', 'b'], { generatedAt });
    expect((await send('k-7', 'aged', body)).status).toBe(202);
    await until('it is too old', () => Date.now() > Date.parse(generatedAt) + 1_000);
    expect((await send('k-8', 'aged', { ...body, version: 2 })).status).toBe(422);
    const again = await send('k-7', 'aged', body);
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([202, 'true']);
  });

  test.each([
    ['is empty', '""'],
    ['has a space and no quotes', 'a b'],
    ['is not closed', '"a'],
    ['is too long', 'k'.repeat(256)],
  ])('that %s is refused', async (_what, key) => {
    const refused = await send(key, 'first', publication(90, ['a', 'b']));
    expect([refused.status, refused.body.errors?.[0].pointer]).toEqual([422, '/Idempotency-Key']);
  });

  test('is not kept readable, and nothing of the content is', async () => {
    await send(
      'a-telling-key',
      'first',
      publication(91, ['telling-item', 'b'], { audience: { type: 'user', user: 'telling-user' } }),
    );
    const records = await client.hgetall(`${redisPrefix}:{team:alpha}:undertakings`);
    expect(JSON.stringify(records)).not.toContain('telling');
    for (const record of Object.values(records)) expect(record.length).toBeLessThan(400);
  });
});

describe('what is remembered of undertakings', () => {
  const store = () => createRedisIdempotencyStore(client, createRedisKeys('kept'));
  const undertaking = (identity: string, atMs: number, fingerprint = 'f') => ({
    team: 'alpha',
    identity,
    fingerprint,
    atMs,
  });
  const begin = (identity: string, atMs: number, fingerprint?: string) =>
    store().begin(undertaking(identity, atMs, fingerprint));
  const finish = async (identity: string, atMs: number, answer: string) => {
    const begun = await begin(identity, atMs);
    if (begun.status !== 'begun') throw new Error(begun.status);
    await store().finish(begun.lease, answer);
  };
  const bytes = async () => {
    const { '': counted, ...records } = await client.hgetall('kept:{team:alpha}:undertakings');
    const sum = Object.entries(records).reduce(
      (all, [field, record]) => all + field.length + record.length,
      0,
    );
    expect(Number(counted)).toBe(sum);
    return sum;
  };
  beforeEach(() => client.flushall());

  test('is kept for 24 hours, and no longer', async () => {
    await finish('a', 0, 'answer');
    expect(await begin('a', keptForMs - 1)).toEqual({ status: 'done', answer: 'answer' });
    expect(await begin('a', keptForMs - 1, 'g')).toEqual({ status: 'other' });
    expect(await begin('a', keptForMs, 'g')).toMatchObject({ status: 'begun' });
    expect(await client.pttl('kept:{team:alpha}:undertakings')).toBeGreaterThan(keptForMs - 60_000);
    expect(await client.pttl('kept:{team:alpha}:undertakings-end')).toBeGreaterThan(keptForMs - 60_000);
  });

  test('when whoever began has died is taken over, for the same content only', async () => {
    await begin('a', 0);
    expect(await begin('a', 9_000)).toEqual({ status: 'busy' });
    expect(await begin('a', 11_000, 'g')).toEqual({ status: 'other' });
    expect(await begin('a', 11_000)).toMatchObject({ status: 'begun' });
  });

  test('is not ended by who was thought dead', async () => {
    const late = await begin('a', 0);
    const next = await begin('a', 11_000);
    if (late.status !== 'begun' || next.status !== 'begun') throw new Error('not begun');
    await store().release(late.lease);
    expect(await begin('a', 12_000)).toEqual({ status: 'busy' });
    await store().finish(next.lease, 'answer');
    await store().release(next.lease);
    expect(await begin('a', 12_000)).toEqual({ status: 'done', answer: 'answer' });
  });

  test('is counted in bytes, and what is oldest makes way', async () => {
    const answer = 'x'.repeat(2 ** 20);
    for (let n = 0; n < 20; n += 1) await finish(`n-${n}`, n, answer);
    expect(await bytes()).toBeLessThan(maxBytesOfTeam + 2 ** 20 + 200);
    expect(await begin('n-19', 30)).toMatchObject({ status: 'done' });
    expect(await begin('n-0', 30)).toMatchObject({ status: 'begun' });
    expect(await bytes()).toBeLessThan(maxBytesOfTeam + 200);
  });

  test('leaves nothing behind when it was not done after all', async () => {
    const begun = await begin('a', 0);
    if (begun.status === 'begun') await store().release(begun.lease);
    expect(await bytes()).toBe(0);
    expect(await client.zcard('kept:{team:alpha}:undertakings-end')).toBe(0);
    expect(await begin('a', 1, 'g')).toMatchObject({ status: 'begun' });
  });
});

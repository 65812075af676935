import { Redis } from 'ioredis';
import { roomyLayout } from './support/layouts.ts';
import { sendLines } from './support/lineCall.ts';
import { type MediatorUnderTest, startMediator, testKeys } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { watchCommands } from './support/watchCommands.ts';
import { manifest, publication, register } from './support/widgets.ts';

const redisPrefix = 'personal';
const widgets = ['one', 'two', 'three', 'four', 'five'];
const users = 200;

let redis: TestRedis;
let under: MediatorUnderTest;
let client: Redis;

beforeAll(async () => {
  redis = await startTestRedis();
  // A busy machine is not what is looked at.
  const environment = { STORE_TIMEOUT_MS: '5000' };
  under = await startMediator({ redisUrl: redis.url, redisPrefix, layout: roomyLayout(), environment });
  client = new Redis(redis.url);
  for (const id of widgets) await register(under, manifest(id, { budget: { ratePerSecond: 10_000 } }));
  const lines = Array.from({ length: users }, (_, n) =>
    widgets.map((widget) => ({
      widget,
      ...publication(1, [`${widget}-a`, `${widget}-b`], { audience: { type: 'user', user: `user-${n}` } }),
    })),
  ).flat();
  const results = await sendLines(under, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  expect(results.filter(({ status }) => status !== 202)).toEqual([]);
  expect(results).toHaveLength(lines.length);
});
afterAll(async () => {
  client.disconnect();
  await under.stop();
  await redis.end();
});

const pageOf = (n: number) =>
  under.http
    .get(`/v1/homepage?device=web&deadlineMs=2000&user=user-${n}`)
    .set('Authorization', `Bearer ${testKeys.reader}`);

test('a page with content of its own from five widgets costs one command, and the next costs none', async () => {
  const watched = await watchCommands(redis.url);
  const reads = () =>
    watched.commands.filter((words) => words.some((word) => /:content$|:stamps$/.test(word)));
  await until('it is seen what is asked for', async () => {
    await client.ping();
    return watched.commands.length > 0;
  });

  try {
    const first = await pageOf(7);
    expect(first.body.placements).toHaveLength(widgets.length);
    await until('it is read', () => reads().length > 0);
    await pageOf(7);
    await pageOf(7);
    expect(reads()).toEqual([
      [expect.stringMatching(/^hgetall$/i), expect.stringMatching(/:\{user:[^}]+\}:content$/)],
    ]);
    await Promise.all(Array.from({ length: 20 }, (_, n) => pageOf(20 + n)));
    await until('twenty more are read', () => reads().length >= 21);
    expect(reads()).toHaveLength(21);
  } finally {
    watched.close();
  }
});

test('all of it has a time after which Redis forgets it, a day beyond its own at most', async () => {
  const keys = await client.keys(`${redisPrefix}:{user:*`);
  expect(keys).toHaveLength(2 * users);
  const dayMs = 24 * 60 * 60 * 1000;
  // ttlMs and staleForMs of a push widget are a day each.
  for (const ttl of await Promise.all(keys.map((key) => client.pttl(key)))) {
    expect(ttl).toBeGreaterThan(2 * dayMs);
    expect(ttl).toBeLessThanOrEqual(3 * dayMs);
  }
});

test('takes no more of Redis for a user than two keys, however often it is published', async () => {
  const before = (await client.keys(`${redisPrefix}:*`)).length;
  const lines = [2, 3, 4, 5, 6].map((version) => ({
    widget: 'one',
    ...publication(version, ['x', 'y'], { audience: { type: 'user', user: 'user-7' } }),
  }));
  await sendLines(under, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  expect((await client.keys(`${redisPrefix}:*:kept:*`)).length).toBe(0);
  expect((await client.keys(`${redisPrefix}:{user:*`)).length).toBe(2 * users);
  expect((await client.keys(`${redisPrefix}:*`)).length - before).toBeLessThan(5);
});

import { setTimeout as delay } from 'node:timers/promises';
import { createLog } from '@widget-mediator/mediator';
import type { Redis } from 'ioredis';
import { quotaOf } from '../services/mediator/src/rate/quota.ts';
import type { RateBudget } from '../services/mediator/src/rate/rateBudget.ts';
import { createRateBudgets } from '../services/mediator/src/rate/rateBudgets.ts';
import { createRedisLeases } from '../services/mediator/src/rate/redisLeases.ts';
import { connectForCommands } from '../services/mediator/src/store/connectRedis.ts';
import { createRedisKeys } from '../services/mediator/src/store/redisKeys.ts';
import { testWithRealRedis } from './support/needs.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';

jest.setTimeout(60_000);

let redis: TestRedis;
const connections: Redis[] = [];

beforeAll(async () => {
  redis = await startTestRedis();
});
afterEach(() => {
  for (const connection of connections.splice(0)) connection.disconnect();
});
afterAll(() => redis.end());

let widgets = 0;

/** The same budget, as so many mediators hold it: each with a connection of its own. */
async function replicas(count: number, ratePerSecond: number): Promise<RateBudget[]> {
  widgets += 1;
  const rated = { widget: `w${widgets}`, of: 'calls' } as const;
  const made: RateBudget[] = [];
  for (let n = 0; n < count; n += 1) {
    const connection = connectForCommands(redis.url, 1_000, createLog('silent', 'rates'));
    connections.push(connection);
    await until('it is connected', () => connection.status === 'ready');
    const lease = createRedisLeases(connection);
    const rates = createRateBudgets({ keys: createRedisKeys('rates'), lease, now: () => performance.now() });
    made.push(rates.of(rated, quotaOf(ratePerSecond)));
  }
  return made;
}

interface Demanded {
  readonly admitted: number;
  readonly seconds: number;
}

/** Takes of each as often as it gives, for a while. */
async function demand(budgets: readonly RateBudget[], ms: number): Promise<Demanded> {
  const startedAt = performance.now();
  let admitted = 0;
  while (performance.now() - startedAt < ms) {
    for (const budget of budgets) if (budget.take().taken) admitted += 1;
    await delay(1);
  }
  return { admitted, seconds: (performance.now() - startedAt) / 1000 };
}

const rate = 100;
const credit = 25;
/** What the decision on leases states: a quota for each window that was touched, and a credit for each replica. */
const mostOf = (count: number, { seconds }: Demanded): number =>
  rate * (Math.floor(seconds) + 2) + count * credit;

test.each([
  ['one replica of three', 3, 1],
  ['three replicas alike', 3, 3],
])(
  'of %s, Redis admits the rate: nearly all of it, and no more than is stated',
  async (_who, count, busy) => {
    const all = await replicas(count, rate);
    const demanded = await demand(all.slice(0, busy), 4_000);
    expect(demanded.admitted).toBeLessThanOrEqual(mostOf(busy, demanded));
    expect(demanded.admitted).toBeGreaterThanOrEqual(0.9 * rate * demanded.seconds);
  },
);

test('of a rate below one a second, three replicas admit one, and at most one each until that is paid', async () => {
  const demanded = await demand(await replicas(3, 0.1), 3_000);
  expect(demanded.admitted).toBeGreaterThanOrEqual(1);
  expect(demanded.admitted).toBeLessThanOrEqual(3);
});

test('leaves nothing in Redis: every key has an end, and a hash tag of its owner', async () => {
  await demand(await replicas(2, 0.5), 200);
  const [connection] = connections as [Redis];
  const keys = await connection.keys('rates:{widget:w*}:rate:calls:*');
  expect(keys).toContain(`rates:{widget:w${widgets}}:rate:calls:1/2`);
  for (const key of keys) {
    const ttl = await connection.pttl(key);
    // It may have ended since it was found.
    expect(ttl === -2 || (ttl >= 0 && ttl <= 30_000)).toBe(true);
  }
});

testWithRealRedis(
  'while Redis is frozen each replica holds itself to the rate, and shares it again after',
  async () => {
    const all = await replicas(3, rate);
    await demand(all, 1_000);
    redis.freeze();
    try {
      await demand(all, 500);
      expect(all.map((budget) => budget.isLocal())).toEqual([true, true, true]);
      const alone = await demand(all, 2_000);
      expect(alone.admitted).toBeLessThanOrEqual(3 * rate * (alone.seconds + 1));
      expect(alone.admitted).toBeGreaterThanOrEqual(0.9 * 3 * rate * alone.seconds);
    } finally {
      redis.thaw();
    }
    await until('it is shared again', async () => {
      await demand(all, 50);
      return all.every((budget) => !budget.isLocal());
    });
    const shared = await demand(all, 4_000);
    expect(shared.admitted).toBeLessThanOrEqual(mostOf(3, shared));
  },
);

testWithRealRedis('while Redis is gone likewise', async () => {
  const all = await replicas(2, rate);
  await demand(all, 500);
  await redis.stop();
  await demand(all, 1_000);
  const alone = await demand(all, 2_000);
  expect(alone.admitted).toBeLessThanOrEqual(2 * rate * (alone.seconds + 1));
  expect(alone.admitted).toBeGreaterThanOrEqual(0.9 * 2 * rate * alone.seconds);
  await redis.startAgain();
  await until('it is shared again', async () => {
    await demand(all, 50);
    return all.every((budget) => !budget.isLocal());
  });
});

import { setImmediate as nextTick } from 'node:timers/promises';
import type { Quota } from './quota.ts';
import { createRateBudget, type RateBudget } from './rateBudget.ts';
import type { Lease } from './redisLeases.ts';

let nowMs = 0;
beforeEach(() => {
  nowMs = 0;
});
const now = () => nowMs;

/** What Redis does, on the clock of the test; it can be told to refuse, or to say nothing. */
function leases(quota: Quota) {
  let count = 0;
  let endsAt = 0;
  let mood: 'well' | 'away' | 'frozen' = 'well';
  const asked: number[] = [];
  return {
    asked,
    be(next: typeof mood) {
      mood = next;
    },
    async lease(wanted: number): Promise<Lease> {
      asked.push(wanted);
      if (mood === 'away') throw new Error('away');
      if (mood === 'frozen') return new Promise(() => {});
      if (nowMs >= endsAt) {
        count = 0;
        endsAt = nowMs + quota.windowSeconds * 1000;
      }
      const free = Math.max(0, quota.tokens - count);
      count += wanted;
      return {
        granted: Math.min(wanted, free),
        remaining: Math.max(0, quota.tokens - count),
        endsInMs: endsAt - nowMs,
      };
    },
  };
}

const takeAll = (budget: RateBudget, most = 10_000): number => {
  let taken = 0;
  while (taken < most && budget.take().taken) taken += 1;
  return taken;
};

/** What replicas admit in `ms` when each of them is asked `perMs` times every ms; answers take a tick. */
async function run(replicas: readonly RateBudget[], ms: number, perMs = 1): Promise<number> {
  let admitted = 0;
  for (const until = nowMs + ms; nowMs < until; nowMs += 1) {
    for (const budget of replicas) {
      for (let call = 0; call < perMs; call += 1) if (budget.take().taken) admitted += 1;
    }
    await nextTick();
  }
  return admitted;
}

function replicasOf(count: number, quota: Quota) {
  const redis = leases(quota);
  const make = () => createRateBudget({ quota, now, lease: redis.lease });
  return { redis, replicas: Array.from({ length: count }, make) };
}

describe('a budget that replicas share', () => {
  const quota = { tokens: 100, windowSeconds: 1, burst: 100 };

  test('admits at once, before Redis has said anything', () => {
    const { replicas } = replicasOf(1, quota);
    expect(takeAll(replicas[0] as RateBudget)).toBe(25);
  });

  test.each([1, 2, 3, 8])(
    'is used nearly whole, and not exceeded but by one credit each: %p replicas',
    async (n) => {
      const { replicas } = replicasOf(n, quota);
      const admitted = await run(replicas, 5_000);
      expect(admitted).toBeGreaterThan(0.95 * 5 * quota.tokens);
      expect(admitted).toBeLessThanOrEqual(5 * quota.tokens + n * 25 + quota.tokens);
      // The credit is paid back: what follows is the rate and no more.
      expect(await run(replicas, 5_000)).toBeLessThanOrEqual(5 * quota.tokens + n);
    },
  );

  test('is all of one replica’s when only that one is asked', async () => {
    const { replicas } = replicasOf(3, quota);
    await run(replicas, 1_000);
    const [busy] = replicas as [RateBudget];
    expect(await run([busy], 3_000)).toBeGreaterThan(0.95 * 3 * quota.tokens);
  });

  test('asks Redis in batches: seldom against how often it is asked itself', async () => {
    const { redis, replicas } = replicasOf(1, { tokens: 1_000, windowSeconds: 1, burst: 1_000 });
    await run(replicas, 3_000);
    expect(redis.asked.length).toBeLessThan(3_000 / 10);
  });

  test('does not ask Redis while it knows that nothing is left', async () => {
    const { redis, replicas } = replicasOf(1, { tokens: 1, windowSeconds: 10, burst: 1 });
    await run(replicas, 9_000);
    expect(redis.asked.length).toBeLessThanOrEqual(2);
  });

  test('of one in ten seconds admits one in ten seconds', async () => {
    const { replicas } = replicasOf(1, { tokens: 1, windowSeconds: 10, burst: 1 });
    expect(await run(replicas, 100_000)).toBeGreaterThanOrEqual(9);
    expect(await run(replicas, 100_000)).toBeLessThanOrEqual(11);
  });

  test('of one in ten seconds, among three, admits at most one more of each', async () => {
    const { replicas } = replicasOf(3, { tokens: 1, windowSeconds: 10, burst: 1 });
    const admitted = await run(replicas, 100_000);
    expect(admitted).toBeGreaterThanOrEqual(9);
    expect(admitted).toBeLessThanOrEqual(10 + 3);
  });

  test('takes several at once or none: what is leased, and the rest on credit', async () => {
    const { replicas } = replicasOf(1, quota);
    const [budget] = replicas as [RateBudget];
    expect(budget.take(20).taken).toBe(true);
    expect(budget.take(6).taken).toBe(false);
    expect(budget.take(5).taken).toBe(true);
    await nextTick();
    expect(budget.outlook().remaining).toBe(75);
    let taken = 0;
    while (budget.take(7).taken) {
      taken += 7;
      await nextTick();
    }
    expect(taken).toBe(70);
    expect(budget.outlook().remaining).toBe(5);
  });

  test('asks Redis for nothing until what it owes is half of its credit, and owes it then', async () => {
    const { redis, replicas } = replicasOf(2, quota);
    const [one, other] = replicas as [RateBudget, RateBudget];
    const takeSlowly = async (budget: RateBudget, count: number) => {
      for (let n = 0; n < count; n += 1) {
        expect(budget.take().taken).toBe(true);
        await nextTick();
      }
    };
    await takeSlowly(one, 12);
    expect(redis.asked).toEqual([]);
    await takeSlowly(one, 1);
    expect(redis.asked).toHaveLength(1);
    await takeSlowly(other, 13);
    expect(other.outlook().remaining).toBe(64);
  });

  test('asks when it refuses what a lease might let in', async () => {
    const { redis, replicas } = replicasOf(1, { tokens: 60, windowSeconds: 3, burst: 60 });
    const [budget] = replicas as [RateBudget];
    expect(budget.take(16).taken).toBe(false);
    expect(redis.asked).toHaveLength(1);
    await nextTick();
    expect(budget.take(16).taken).toBe(true);
  });

  test('says of a later window that it is whole, though something is owed of an earlier one', async () => {
    const { replicas } = replicasOf(1, quota);
    const [budget] = replicas as [RateBudget];
    expect(budget.take(3).taken).toBe(true);
    expect(budget.outlook().remaining).toBe(97);
    nowMs = 60_000;
    expect(budget.outlook().remaining).toBe(100);
  });

  test('says what is left and when it is whole again', async () => {
    const { replicas } = replicasOf(1, quota);
    const [budget] = replicas as [RateBudget];
    expect(budget.outlook()).toEqual({ remaining: 100, resetMs: 1_000 });
    for (let n = 0; n < 15; n += 1) {
      budget.take();
      await nextTick();
    }
    nowMs = 400;
    expect(budget.outlook()).toEqual({ remaining: 85, resetMs: 600 });
    await run(replicas, 300);
    const refused = budget.take();
    expect(refused).toEqual({ taken: false, retryAfterMs: expect.any(Number) });
    expect(budget.outlook().remaining).toBe(0);
  });
});

describe('while Redis is away', () => {
  const quota = { tokens: 100, windowSeconds: 1, burst: 100 };

  test.each(['away', 'frozen'] as const)('%s: each process holds itself to the rate', async (mood) => {
    const { redis, replicas } = replicasOf(2, quota);
    redis.be(mood);
    await run(replicas, 1_000);
    const admitted = await run(replicas, 5_000);
    expect(admitted).toBeGreaterThan(0.95 * 2 * 5 * quota.tokens);
    expect(admitted).toBeLessThanOrEqual(2 * 5 * quota.tokens + 2);
    expect(replicas.map((budget) => budget.isLocal())).toEqual([true, true]);
  });

  test('asks twice a second and wants nothing, so that a Redis that thaws has counted nothing', async () => {
    const { redis, replicas } = replicasOf(1, quota);
    redis.be('away');
    await run(replicas, 1_000);
    redis.asked.length = 0;
    await run(replicas, 10_000);
    expect(redis.asked.length).toBeGreaterThan(10);
    expect(redis.asked.length).toBeLessThanOrEqual(20);
    expect(new Set(redis.asked)).toEqual(new Set([0]));
  });

  test('and back again, the rate is shared as before', async () => {
    const { redis, replicas } = replicasOf(3, quota);
    redis.be('away');
    await run(replicas, 2_000);
    redis.be('well');
    await run(replicas, 1_500);
    expect(replicas.map((budget) => budget.isLocal())).toEqual([false, false, false]);
    const admitted = await run(replicas, 5_000);
    expect(admitted).toBeGreaterThan(0.95 * 5 * quota.tokens);
    expect(admitted).toBeLessThanOrEqual(6 * quota.tokens + 3 * 25);
  });

  test('a budget that nobody wants says nothing of Redis', async () => {
    const { redis, replicas } = replicasOf(1, quota);
    redis.be('away');
    await run(replicas, 100);
    expect(replicas[0]?.isLocal()).toBe(true);
    nowMs += 11_000;
    expect(replicas[0]?.isLocal()).toBe(false);
  });
});

import { setTimeout as delay } from 'node:timers/promises';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { testWithRealRedis } from './support/needs.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

jest.setTimeout(60_000);

const rate = 20;
/** What a process may spend before it has a lease. */
const credit = 10;

let redis: TestRedis;
let mediators: MediatorUnderTest[];

beforeEach(async () => {
  redis = await startTestRedis();
  const options = { redisUrl: redis.url, redisPrefix: 'shared', layout: roomyLayout() };
  mediators = await Promise.all([1, 2, 3].map(() => startMediator(options)));
});
afterEach(async () => {
  await Promise.all(mediators.map((mediator) => mediator.stop()));
  await redis.end();
});

/**
 * Asks all three mediators, one request at a time each, for a while. `due` is how much of the rate that asks for: all of it,
 * but for seconds in which a busy machine got fewer requests done than the rate allows.
 */
async function ask(
  ms: number,
  request: (mediator: MediatorUnderTest) => Promise<void>,
): Promise<{ readonly seconds: number; readonly due: number }> {
  const startedAt = performance.now();
  const requests: number[] = [];
  const one = async (mediator: MediatorUnderTest) => {
    while (performance.now() - startedAt < ms) {
      const second = Math.floor((performance.now() - startedAt) / 1_000);
      requests[second] = (requests[second] ?? 0) + 1;
      await request(mediator);
      await delay(5);
    }
  };
  await Promise.all(mediators.map(one));
  const seconds = (performance.now() - startedAt) / 1_000;
  const allowed = (second: number) => rate * Math.min(1, seconds - second);
  const due = Array.from({ length: Math.ceil(seconds) }, (_, second) =>
    Math.min(allowed(second), requests[second] ?? 0),
  ).reduce((sum, one) => sum + one, 0);
  return { seconds, due };
}

async function registerAtAll(body: Parameters<typeof register>[1]): Promise<void> {
  const [first, ...others] = mediators as [MediatorUnderTest];
  await register(first, body);
  for (const other of others) {
    await until('all mediators know it', async () =>
      (await explained(other)).text.includes(`"${body.metadata.id}"`),
    );
  }
}

const mostOf = (seconds: number): number => rate * (Math.floor(seconds) + 2) + mediators.length * credit;

test('three mediators admit the publications of one budget', async () => {
  await registerAtAll(manifest('pushed', { budget: { ratePerSecond: rate } }));
  let version = 0;
  const admitted: number[] = [];
  const { seconds, due } = await ask(4_000, async (mediator) => {
    version += 1;
    const { status } = await publish(mediator, 'pushed', publication(version, ['a', 'b']));
    // One that a newer version overtook was admitted, too.
    if (status !== 429) admitted.push(status);
  });
  expect(admitted.filter((status) => status !== 202 && status !== 409)).toEqual([]);
  expect(admitted.length).toBeLessThanOrEqual(mostOf(seconds));
  expect(admitted.length).toBeGreaterThanOrEqual(0.9 * due);
});

test('three mediators ask a source at its one rate, and go on making pages', async () => {
  const source = await startStubSource(answers(publication(1, ['p1', 'p2'])));
  try {
    await registerAtAll(pullManifest('pulled', source.endpoint, { budget: { ratePerSecond: rate } }));
    await delay(1_000);
    source.asked.length = 0;
    const statuses: number[] = [];
    const { seconds, due } = await ask(4_000, async (mediator) => {
      statuses.push((await mediator.http.get('/v1/homepage')).status);
    });
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(source.asked.length).toBeLessThanOrEqual(mostOf(seconds));
    expect(source.asked.length).toBeGreaterThanOrEqual(0.9 * due);
  } finally {
    await source.close();
  }
});

testWithRealRedis(
  'with Redis frozen, pages go on and a source is asked at most at its rate by each',
  async () => {
    const source = await startStubSource(answers(publication(1, ['p1', 'p2'])));
    try {
      await registerAtAll(pullManifest('pulled', source.endpoint, { budget: { ratePerSecond: rate } }));
      await ask(500, async (mediator) => void (await mediator.http.get('/v1/homepage')));
      redis.freeze();
      const [first] = mediators as [MediatorUnderTest];
      await ask(500, async (mediator) => void (await mediator.http.get('/v1/homepage')));
      source.asked.length = 0;
      const statuses: number[] = [];
      const { seconds, due } = await ask(3_000, async (mediator) => {
        statuses.push((await mediator.http.get('/v1/homepage')).status);
      });
      expect(new Set(statuses)).toEqual(new Set([200]));
      expect(source.asked.length).toBeLessThanOrEqual(mediators.length * rate * (seconds + 1));
      expect(source.asked.length).toBeGreaterThanOrEqual(due);
      // Twice as many as if each waited for a second.
      expect(statuses.length).toBeGreaterThan(2 * mediators.length * seconds);
      expect((await first.http.get('/metrics')).text).toMatch(/^mediator_local_rate_budgets [1-9]/m);

      // A publication is told that the store is away, when its time is up.
      await register(first, manifest('pushed')).catch(() => {});
      redis.thaw();
      // A budget that nobody spends any more counts as local for ten seconds after it failed.
      await until(
        'rates are shared again',
        async () => {
          await first.http.get('/v1/homepage');
          return /^mediator_local_rate_budgets 0$/m.test((await first.http.get('/metrics')).text);
        },
        30_000,
      );
    } finally {
      redis.thaw();
      await source.close();
    }
  },
  60_000,
);

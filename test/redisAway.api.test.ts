import { Page } from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import { layoutInput } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { testWithRealRedis } from './support/needs.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
const layout = layoutInput({ prior: ['pushed', 'later'] });
const redisPrefix = 'away';

beforeEach(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url, redisPrefix, layout });
  await register(under, manifest('pushed'));
  await publish(under, 'pushed', publication(1, ['a', 'b', 'c']));
  await until('it is on the page', async () => (await shown()).includes('pushed'));
});
afterEach(async () => {
  await under.stop();
  await redis.end();
});

const shown = async (): Promise<string[]> => {
  const answer = await under.http.get('/v1/homepage');
  expect(answer.status).toBe(200);
  return Page.parse(answer.body).placements.map(({ widget }) => widget.id);
};

test('while Redis is away, pages go on from memory and publishing says when to come back', async () => {
  const before = await shown();
  await redis.stop();

  const startedAt = performance.now();
  const refused = await publish(under, 'pushed', publication(2, ['d', 'e', 'f']));
  expect([refused.status, refused.body.type]).toEqual([503, 'urn:widget-mediator:problem:store-unavailable']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(performance.now() - startedAt).toBeLessThan(1_500);
  const registering = await under.http
    .put('/v1/widgets/later')
    .set('Authorization', `Bearer ${under.keys.alpha}`)
    .send(manifest('later'));
  expect(registering.status).toBe(503);

  expect(await shown()).toEqual(before);
  expect((await under.http.get('/readyz')).status).toBe(200);
  expect((await explained(under, '&user=u1')).status).toBe(200);
});

test('a dry run needs no Redis', async () => {
  await redis.stop();
  const dry = await under.http
    .post('/v1/widgets/pushed/publications?dryRun=true')
    .set('Authorization', `Bearer ${under.keys.alpha}`)
    .send(publication(2, ['a', 'b']));
  expect(dry.status).toBe(200);
});

testWithRealRedis(
  'when Redis is back, the same process publishes again, and what was acknowledged is still there',
  async () => {
    await redis.stop();
    expect((await publish(under, 'pushed', publication(2, ['d', 'e', 'f']))).status).toBe(503);
    await redis.startAgain();
    await until('publishing works again', async () => {
      const { status } = await publish(under, 'pushed', publication(3, ['g', 'h', 'i']));
      return status === 202;
    });
    await until('the new version is shown', async () => (await explained(under)).text.includes('"id":"g"'));
    expect((await publish(under, 'pushed', publication(1, ['a', 'b', 'c']))).body.currentVersion).toBe(3);
  },
);

testWithRealRedis(
  'registrations and publications survive a restart of the mediator and of Redis',
  async () => {
    await under.stop();
    await redis.stop();
    await redis.startAgain();
    under = await startMediator({ redisUrl: redis.url, redisPrefix, layout });
    expect(await shown()).toContain('pushed');
  },
);

test('two mediators on one Redis show the same, soon after one of them was published to', async () => {
  const other = await startMediator({ redisUrl: redis.url, redisPrefix, layout });
  try {
    await publish(under, 'pushed', publication(5, ['x', 'y', 'z']));
    const startedAt = performance.now();
    await until('the other shows it', async () =>
      (await other.http.get('/v1/homepage')).text.includes('"id":"x"'),
    );
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  } finally {
    await other.stop();
  }
});

test('expired content is removed by a job, and its version is remembered', async () => {
  const soon = new Date(Date.now() + 300).toISOString();
  await publish(under, 'pushed', publication(8, ['m', 'n'], { expiresAt: soon }));
  const hand = new Redis(redis.url);
  const contents = async () =>
    Promise.all((await hand.keys('away:{widget:*}:content')).map((key) => hand.hlen(key)));
  await until('the store has let go of it', async () => (await contents()).every((length) => length === 0));
  hand.disconnect();
  const { trace } = Page.parse((await explained(under)).body);
  expect(trace?.verdicts).toContainEqual({ code: 'expired', widget: 'pushed' });
  expect((await publish(under, 'pushed', publication(7, ['o', 'p']))).body.currentVersion).toBe(8);
});

testWithRealRedis('a Redis that comes back empty is filled again, schedules included', async () => {
  const hand = new Redis(redis.url);
  const schedules = async () => (await hand.keys('{away:jobs}:maintenance:repeat*')).length;
  await until('jobs are scheduled', async () => (await schedules()) > 0);
  await hand.flushall();
  await hand.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  await until('jobs are scheduled again', async () => (await schedules()) > 0);
  await until('what it had is there again', async () => {
    return (await hand.hexists('away:{registry}:registrations', 'pushed')) === 1;
  });
  await register(under, manifest('later'));
  expect((await publish(under, 'later', publication(1, ['n1', 'n2']))).status).toBe(202);
  hand.disconnect();
});

import { JobList } from '@widget-mediator/contracts';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let hand: Redis;
let queue: Queue;
const prefix = 'jobs';

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({
    redisUrl: redis.url,
    redisPrefix: prefix,
    environment: { UPKEEP_EVERY_MS: '1000' },
  });
  hand = new Redis(redis.url);
  queue = new Queue('maintenance', { prefix: `{${prefix}:jobs}`, connection: { url: redis.url } });
});
afterAll(async () => {
  await queue.close();
  hand.disconnect();
  await under.stop();
  await redis.end();
});

const bearer = (key: string = under.keys.operator) => ['Authorization', `Bearer ${key}`] as const;
const list = async (): Promise<JobList> =>
  JobList.parse((await under.http.get('/v1/jobs').set(...bearer())).body);
const retry = (id: string) => under.http.post(`/v1/jobs/${encodeURIComponent(id)}/retry`).set(...bearer());
const failure = async (id: string | undefined) => (await list()).failures.find((one) => one.id === id);

test('a job that nobody knows is parked at once, with its reason, until somebody tries it again', async () => {
  const { id = '' } = await queue.add('bake-a-cake', {}, { attempts: 5 });
  await until('it is parked', async () => (await failure(id)) !== undefined);
  const parked = await failure(id);
  expect(parked).toMatchObject({
    id,
    name: 'bake-a-cake',
    parked: true,
    attempts: 1,
    reason: expect.stringMatching(/knows no job of this name/),
  });
  await until('two reports left it alone', reported(2));
  expect(await failure(id)).toEqual(parked);

  expect((await retry(id)).body).toEqual({ retried: 1 });
  await until('it was tried again', async () => ((await failure(id))?.attempts ?? 0) > 1);
  // It was not parked while it was tried; parked jobs are counted now and then.
  await until('it is counted', async () =>
    /^mediator_parked_jobs [1-9]/m.test((await under.http.get('/metrics')).text),
  );
});

test('a job that failed for a passing reason is tried again by itself, and is done', async () => {
  await hand.set(`${prefix}:{endings}:due`, 'no sorted set');
  const { id = '' } = await queue.add('expire', {}, { attempts: 1 });
  await until('it failed', async () => (await failure(id)) !== undefined);
  expect(await failure(id)).toMatchObject({ parked: false });
  await hand.del(`${prefix}:{endings}:due`);
  await until('it is done', async () => (await queue.getJob(id))?.isCompleted() ?? false);
  expect((await retry(id)).body.type).toBe('urn:widget-mediator:problem:job-not-failed');
});

test('content whose end was noted is removed when it comes, whatever else is noted', async () => {
  const endings = `${prefix}:{endings}:due`;
  const loggedBefore = under.logged.length;
  const brief = { delivery: { mode: 'push' as const, ttlMs: 1_000, staleForMs: 0 } };
  await register(under, manifest('brief', brief));
  await publish(under, 'brief', publication(1, ['a', 'b']));
  const { content, stamps } = await contentKey('brief');
  await until('its end is noted', async () => (await hand.zcard(endings)) === 1);
  await hand.zadd(endings, 1, 'no ending', 2, 'nobody@0 everyone');
  await until('it is removed', async () => (await hand.exists(content)) === 0);
  expect(await hand.hexists(stamps, 'everyone')).toBe(1);
  await until('nothing is noted any more', async () => (await hand.zcard(endings)) === 0);
  const logged = under.logged.slice(loggedBefore);
  expect(logged).not.toContainEqual(expect.objectContaining({ msg: 'job failed', job: 'expire' }));
});

test('content that may be shown for longer than was noted stays', async () => {
  const endings = `${prefix}:{endings}:due`;
  const brief = manifest('longer', { delivery: { mode: 'push', ttlMs: 4_000, staleForMs: 0 } });
  await register(under, brief);
  await publish(under, 'longer', publication(1, ['a', 'b']));
  await until('its end is noted', async () => (await hand.zcard(endings)) === 1);
  const [member = '', noted] = await hand.zrange(endings, '0', '-1', 'WITHSCORES');
  await register(under, manifest('longer', { delivery: { mode: 'push', ttlMs: 600_000, staleForMs: 0 } }));
  await until('its new end is noted', async () => Number(await hand.zscore(endings, member)) > Number(noted));
  expect(Number(await hand.zscore(endings, member))).toBe(Number(noted) + 596_000);
  expect(await hand.exists((await contentKey('longer')).content)).toBe(1);
});

test('operators can try all failed jobs again, and nobody else can look or try', async () => {
  await queue.add('nonsense', {}, { jobId: 'nonsense' });
  await until('it is parked', async () => (await failure('nonsense')) !== undefined);
  const { body } = await under.http.post('/v1/jobs/retry').set(...bearer());
  expect(body.retried).toBeGreaterThan(0);
  await until('it was tried again', async () => ((await failure('nonsense'))?.attempts ?? 0) > 1);
  for (const id of ['no-such-job', 'a b', '%', 'x'.repeat(300)]) {
    const answer = await retry(id);
    expect([answer.status, answer.body.type]).toEqual([404, 'urn:widget-mediator:problem:job-unknown']);
  }
  expect((await under.http.get('/v1/jobs?limit=0').set(...bearer())).status).toBe(422);
  for (const call of ['get /v1/jobs', 'post /v1/jobs/retry', 'post /v1/jobs/1/retry']) {
    const [method, path] = call.split(' ') as ['get' | 'post', string];
    expect((await under.http[method](path)).status).toBe(401);
    expect((await under.http[method](path).set(...bearer(under.keys.alpha))).status).toBe(403);
  }
});

test('what a removed widget left behind is deleted, and what it has now is not', async () => {
  await register(under, manifest('moved'));
  await publish(under, 'moved', publication(1, ['a', 'b']));
  const former = await contentKey('moved');
  await under.http.delete('/v1/widgets/moved').set(...bearer(under.keys.alpha));
  await hand.hset(former.content, 'everyone', '{}');
  await hand.hset(former.stamps, 'everyone', '1:d:1');
  await register(under, manifest('moved'));
  await publish(under, 'moved', publication(1, ['c', 'd']));
  await until('it is gone', async () => (await hand.exists(former.content, former.stamps)) === 0);
  const current = await contentKey('moved');
  expect(await hand.exists(current.content, current.stamps)).toBe(2);
  // Reported once all that an upkeep does is done.
  await until('it is reported', () =>
    under.logged.some((line) => line['msg'] === 'report' && line['leftBehind'] === 1),
  );
});

describe('the board', () => {
  const basic = (key: string) =>
    ['Authorization', `Basic ${Buffer.from(`operator:${key}`).toString('base64')}`] as const;
  const board = (path = '/', key: string = under.keys.operator) =>
    under.http.get(`/admin/queues${path}`).set(...basic(key));

  test('asks browsers for an operator’s key, and lets nobody else in', async () => {
    const stranger = await under.http.get('/admin/queues/');
    expect([stranger.status, stranger.headers['www-authenticate']]).toEqual([
      401,
      'Basic realm="queues", charset="UTF-8"',
    ]);
    expect((await board('/', 'wm_operator_wrong')).status).toBe(401);
    for (const key of [under.keys.alpha, under.keys.reader]) {
      for (const path of ['/', '/api/queues', '/static/images/logo.svg']) {
        expect((await board(path, key)).status).toBe(403);
      }
    }
    // What a proxy may have let through as something else.
    for (const path of ['/queue/x%2f..%2f..%2fv1%2fx', '/queue/%2e%2e', '/queue/x%5cy']) {
      expect((await board(path)).status).toBe(404);
    }
    for (const bad of ['Basic ', 'Basic !', 'Basic b25seS1hLXVzZXI=', `Basic ${'A'.repeat(5_000)}`]) {
      expect((await under.http.get('/admin/queues/').set('Authorization', bad)).status).toBe(401);
    }
  });

  test('shows the queue, takes nothing from elsewhere, and changes nothing', async () => {
    const page = await board();
    expect([page.status, page.type]).toEqual([200, 'text/html']);
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'self'/);
    expect(page.text).not.toContain(under.keys.operator);
    const queues = await board('/api/queues');
    expect(queues.body.queues).toEqual([
      expect.objectContaining({ name: 'maintenance', readOnlyMode: true }),
    ]);
    const pause = await under.http
      .put('/admin/queues/api/queues/maintenance/pause')
      .set(...basic(under.keys.operator));
    expect(pause.status).toBeGreaterThanOrEqual(400);
    expect(await queue.isPaused()).toBe(false);
    expect((await under.http.get('/admin/queues/').set(...bearer())).status).toBe(200);
  });
});

test('while Redis hangs, jobs and board say so, soon', async () => {
  redis.freeze();
  try {
    for (const path of ['/v1/jobs', '/admin/queues/']) {
      const startedAt = performance.now();
      const answer = await under.http.get(path).set(...bearer());
      expect([answer.status, Number(answer.headers['retry-after'])]).toEqual([503, 1]);
      expect(performance.now() - startedAt).toBeLessThan(1_500);
    }
  } finally {
    redis.thaw();
  }
});

/** Whether so many reports were made since this was called. */
function reported(count: number): () => boolean {
  const reports = () => under.logged.filter(({ msg }) => msg === 'report').length;
  const before = reports();
  return () => reports() >= before + count;
}

async function contentKey(widget: string): Promise<{ content: string; stamps: string }> {
  const record = await hand.hget(`${prefix}:{registry}:registrations`, widget);
  const place = `${prefix}:{widget:${widget}@${JSON.parse(record ?? '{}').incarnation}}`;
  return { content: `${place}:content`, stamps: `${place}:stamps` };
}

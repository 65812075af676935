import { Problem } from '@widget-mediator/contracts';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { type RawRequest, rawRequest } from './support/rawRequest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
const opened: RawRequest[] = [];

beforeAll(async () => {
  redis = await startTestRedis();
});
beforeEach(async () => {
  under = await startMediator({ redisUrl: redis.url, layout: roomyLayout() });
});
afterEach(async () => {
  for (const request of opened.splice(0)) request.end();
  await under.stop();
});
afterAll(() => redis.end());

const path = (widget: string, query = '') => `/v1/widgets/${widget}/publications${query}`;
const post = (url: string, body: object, key: string = under.keys.alpha) =>
  under.http.post(url).set('Authorization', `Bearer ${key}`).send(body);
const faulty = { version: 1, items: [{ id: 'a' }] };

/** The head of a publication; its body stays with whoever sends it. */
function open(url: string, key: string | undefined, ...more: string[]): RawRequest {
  const auth = key === undefined ? [] : [`Authorization: Bearer ${key}`];
  const lines = [`POST ${url} HTTP/1.1`, 'Content-Type: application/json', ...auth, ...more];
  const request = rawRequest(under.mediator, lines);
  opened.push(request);
  return request;
}
const metric = async (line: RegExp): Promise<number> =>
  Number(line.exec((await under.http.get('/metrics')).text)?.[1] ?? 0);

describe('an answer', () => {
  test('says how the budget stands, before it is spent and after', async () => {
    await register(under, manifest('told', { budget: { ratePerSecond: 0.2 } }));
    const admitted = await publish(under, 'told', publication(1, ['a', 'b']));
    expect(admitted.status).toBe(202);
    expect(admitted.headers['ratelimit-policy']).toBe('"rate";q=1;w=5');
    expect(admitted.headers['ratelimit']).toBe('"rate";r=0;t=5');

    const refused = await publish(under, 'told', publication(2, ['a', 'b']));
    expect(refused.status).toBe(429);
    const problem = Problem.parse(refused.body);
    expect(problem).toMatchObject({ type: 'urn:widget-mediator:problem:rate-exceeded', budget: 'rate' });
    const seconds = problem.retryAfterSeconds ?? 0;
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(5);
    expect(refused.headers['retry-after']).toBe(String(seconds));
    expect(refused.headers['ratelimit-policy']).toBe('"rate";q=1;w=5');
    expect(refused.headers['ratelimit']).toBe(`"rate";r=0;t=${seconds}`);
    expect(await metric(/mediator_budget_breaches_total\{widget="told",budget="rate"\} (\d+)/)).toBe(1);
  });

  test('to a dry run tells of the team’s requests, and leaves the rate alone', async () => {
    await register(under, manifest('tried', { budget: { ratePerSecond: 0.1 } }));
    const dry = await post(path('tried', '?dryRun=true'), publication(1, ['a', 'b']));
    expect(dry.headers['ratelimit-policy']).toBe('"requests";q=60;w=3');
    expect((await publish(under, 'tried', publication(1, ['a', 'b']))).status).toBe(202);
  });

  test('in shadow mode refuses nothing, and tells that it would', async () => {
    await register(under, manifest('shadowed', { budget: { ratePerSecond: 0.1, mode: { rate: 'shadow' } } }));
    for (const version of [1, 2, 3]) {
      const answer = await publish(under, 'shadowed', publication(version, ['a', 'b']));
      expect(answer.status).toBe(202);
      expect(answer.headers['ratelimit']).toMatch(/^"rate";r=0;t=\d+$/);
    }
    expect(await metric(/breaches_total\{widget="shadowed",budget="rate"\} (\d+)/)).toBe(2);
  });
});

test('one team’s tokens are not spent by another', async () => {
  await register(under, manifest('greedy', { budget: { ratePerSecond: 5 } }));
  await register(under, manifest('modest', { budget: { ratePerSecond: 5 } }, 'beta'), under.keys.beta);
  const statuses = new Set<number>();
  for (let version = 1; version <= 30; version += 1) {
    statuses.add((await publish(under, 'greedy', publication(version, ['a', 'b']))).status);
    if (version <= 2) await post(path('greedy', '?dryRun=true'), publication(1, ['a', 'b']));
  }
  expect(statuses).toEqual(new Set([202, 429]));
  const modest = await publish(under, 'modest', publication(1, ['a', 'b']), under.keys.beta);
  expect(modest.headers['ratelimit']).toMatch(/^"rate";r=4;t=1$/);
  const dry = await post(path('modest', '?dryRun=true'), publication(1, ['a', 'b']), under.keys.beta);
  // Its registration and this dry run, out of sixty.
  expect(dry.headers['ratelimit']).toMatch(/^"requests";r=(58|59);t=\d$/);
});

test('a changed rate holds at once', async () => {
  await register(under, manifest('changed', { budget: { ratePerSecond: 0.1 } }));
  await publish(under, 'changed', publication(1, ['a', 'b']));
  expect((await publish(under, 'changed', publication(2, ['a', 'b']))).status).toBe(429);
  await register(under, manifest('changed', { budget: { ratePerSecond: 100 } }));
  await until('the new rate holds', async () => {
    const answer = await publish(under, 'changed', publication(2, ['a', 'b']));
    return answer.headers['ratelimit-policy'] === '"rate";q=100;w=1' && answer.status === 202;
  });
});

describe('a refusal does not wait for the body', () => {
  const announced = 'Content-Length: 400000';

  test('of a widget that has spent its rate', async () => {
    await register(under, manifest('quick', { budget: { ratePerSecond: 0.1 } }));
    await publish(under, 'quick', publication(1, ['a', 'b']));
    const request = open(path('quick'), under.keys.alpha, announced);
    expect(await request.status()).toBe(429);
    // The rest may come and be dropped, so that the connection can be used again.
    expect(request.answer()).not.toMatch(/^connection: close/im);
  });

  test('of a stranger', async () => {
    expect(await open(path('quick'), undefined, announced).status()).toBe(401);
    expect(await open(path('quick'), 'wm_alpha_wrong', announced).status()).toBe(401);
  });

  test('and ends the connection when nobody knows how long the body is, or it is too long', async () => {
    for (const length of ['Transfer-Encoding: chunked', 'Content-Length: 9000000000']) {
      const request = open(path('quick'), undefined, length);
      expect(await request.status()).toBe(401);
      expect(request.answer()).toMatch(/^connection: close/im);
    }
  });

  test('of a team that has spent its requests, and no other team is held', async () => {
    await register(under, manifest('asked'));
    const requests = Array.from({ length: 100 }, () =>
      open(path('asked', '?dryRun=true'), under.keys.alpha, announced),
    );
    await until('some are refused', () =>
      requests.some((request) => request.answer().includes('"budget":"requests"')),
    );
    await register(under, manifest('other', {}, 'beta'), under.keys.beta);
  });
});

describe('the errors budget', () => {
  const burst = async (widget: string, times: number, key?: string) => {
    const answers = [];
    for (let n = 0; n < times; n += 1) answers.push((await post(path(widget), faulty, key)).status);
    return answers;
  };

  test('holds a widget whose publications are mostly refused, and nobody else', async () => {
    await register(under, manifest('careless'));
    await register(under, manifest('careful'));
    await register(under, manifest('others', {}, 'beta'), under.keys.beta);
    expect(new Set(await burst('careless', 20))).toEqual(new Set([422]));

    const held = open(path('careless'), under.keys.alpha, 'Content-Length: 400000');
    expect(await held.status()).toBe(429);
    expect(held.answer()).toMatch(/^RateLimit: "errors";r=0;t=\d+\r$/im);
    expect(held.answer()).toMatch(/^RateLimit-Policy: "errors";q=20;w=10\r$/im);
    expect(held.answer()).toMatch(/^Retry-After: ([1-9]|10)\r$/im);
    expect(held.answer()).toContain('"budget":"errors"');
    expect(held.answer()).toContain('problem:errors-exceeded');

    expect((await publish(under, 'careful', publication(1, ['a', 'b']))).status).toBe(202);
    expect((await publish(under, 'others', publication(1, ['a', 'b']), under.keys.beta)).status).toBe(202);
    const dry = await post(path('careless', '?dryRun=true'), publication(1, ['a', 'b']));
    expect(dry.status).toBe(200);
    expect(await metric(/breaches_total\{widget="careless",budget="errors"\} (\d+)/)).toBe(1);
  });

  test('does not count dry runs', async () => {
    await register(under, manifest('tested'));
    for (let n = 0; n < 30; n += 1) await post(path('tested', '?dryRun=true'), faulty);
    expect((await publish(under, 'tested', publication(1, ['a', 'b']))).status).toBe(202);
  });

  test('in shadow mode is recorded, and holds nobody', async () => {
    await register(under, manifest('shadowy', { budget: { mode: { errors: 'shadow' } } }));
    await burst('shadowy', 20);
    expect((await publish(under, 'shadowy', publication(1, ['a', 'b']))).status).toBe(202);
    expect(await metric(/breaches_total\{widget="shadowy",budget="errors"\} (\d+)/)).toBe(1);
  });
});

test('who leaves before it is their turn is not worked for, and leaves no place behind', async () => {
  await register(under, manifest('hasty', { budget: { ratePerSecond: 10_000 } }));
  const body = JSON.stringify(faulty);
  for (let n = 0; n < 200; n += 1) {
    const request = open(path('hasty'), under.keys.alpha, `Content-Length: ${body.length}`);
    request.send(body);
    request.end();
  }
  await until('there are places again', async () => {
    const { status } = await publish(under, 'hasty', publication(1, ['a', 'b']));
    return status === 202;
  });
});

test('no team has more than 64 bodies in memory, and its places are free again when it leaves', async () => {
  await register(under, manifest('slow', { budget: { ratePerSecond: 1_000 } }));
  await register(under, manifest('others', {}, 'beta'), under.keys.beta);
  const half = () => open(path('slow'), under.keys.alpha, 'Content-Length: 1000', 'Expect: 100-continue');
  const waiting = Array.from({ length: 64 }, half);
  for (const request of waiting) request.send('{');
  const inFlight = async () => metric(/team_budget_breaches_total\{team="alpha",budget="bodies"\} (\d+)/);
  await until('there is no place left', async () => {
    const one = open(path('slow'), under.keys.alpha, 'Content-Length: 1000');
    await Promise.race([one.status(), new Promise((resolve) => setTimeout(resolve, 100))]);
    const refused = one.answer().includes('"budget":"bodies"');
    one.end();
    return refused && one.answer().includes(' 429 ');
  });
  expect(await inFlight()).toBeGreaterThan(0);
  expect((await publish(under, 'others', publication(1, ['a', 'b']), under.keys.beta)).status).toBe(202);

  for (const request of waiting) request.end();
  await until('its places are free', async () => {
    return (await publish(under, 'slow', publication(1, ['a', 'b']))).status === 202;
  });
});

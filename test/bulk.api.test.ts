import { gzipSync } from 'node:zlib';
import type { BulkResult, PublicationInput } from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import { heldBytes } from '../services/mediator/src/testing/heldBytes.ts';
import { startFreezer } from './support/freezer.ts';
import { roomyLayout } from './support/layouts.ts';
import { openLines, sendLines } from './support/lineCall.ts';
import { type MediatorUnderTest, startMediator, testKeys } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, register } from './support/widgets.ts';

const redisPrefix = 'bulk';
let redis: TestRedis;
let under: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
  // A busy machine is not what is looked at.
  const environment = { STORE_TIMEOUT_MS: '5000' };
  under = await startMediator({ redisUrl: redis.url, redisPrefix, layout: roomyLayout(), environment });
  for (const id of ['first', 'second', 'third']) await register(under, manifest(id, { budget: roomy }));
  await register(under, manifest('foreign', {}, 'beta'), testKeys.beta);
});
afterAll(async () => {
  await under.stop();
  await redis.end();
});

/** What a bulk of many users needs; faults are not held against it. */
const roomy = { ratePerSecond: 10_000, mode: { errors: 'shadow' } } as const;

const named = (widget: string, version: number, changes: Partial<PublicationInput> = {}) => ({
  widget,
  ...publication(version, [`${widget}-${version}`, `${widget}-${version}-b`], changes),
});
const ofUser = (n: number): Partial<PublicationInput> => ({ audience: { type: 'user', user: `user-${n}` } });
const linesOf = (values: readonly unknown[]): string =>
  values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('');
const inShort = (results: readonly BulkResult[]) =>
  results.map((result) => [
    result.line,
    result.status,
    'problem' in result ? result.problem.type.replace(/^.*:/, '') : result.receipt.widget,
  ]);
const ofFirst = { path: '/v1/widgets/first/publications' };

describe('a stream of lines', () => {
  test('gets a result for each, in their order, whatever the others are', async () => {
    const results = await sendLines(
      under,
      linesOf([
        named('first', 1),
        '{"widget":"first","version":',
        '',
        named('nobody', 1),
        named('foreign', 1),
        { ...named('second', 1), items: [{ id: 'a' }] },
        '[]',
        '{"widget":"first","__proto__":{}}',
        named('third', 1),
        named('first', 1, { title: 'other content' }),
        named('second', 2),
      ]),
    );
    expect(inShort(results)).toEqual([
      [1, 202, 'first'],
      [2, 400, 'malformed-json'],
      [4, 404, 'widget-unknown'],
      [5, 403, 'not-your-widget'],
      [6, 422, 'validation-failed'],
      [7, 422, 'validation-failed'],
      [8, 400, 'forbidden-key'],
      [9, 202, 'third'],
      [10, 409, 'version-reused'],
      [11, 202, 'second'],
    ]);
    const [, , , , invalid, nameless] = results;
    expect(invalid).toMatchObject({ widget: 'second', problem: { errors: [{ pointer: '/items/0/title' }] } });
    expect(nameless).toMatchObject({ problem: { errors: [{ pointer: '/widget' }] } });
    await until('what was good is shown', async () => {
      const { text } = await under.http.get('/v1/homepage?device=web');
      return ['first-1', 'second-2', 'third-1'].every((id) => text.includes(`"${id}"`));
    });
  });

  test('to one widget needs no names, and gives each line what it would get alone', async () => {
    const alone = await publish(under, 'first', publication(10, ['a', 'b', 'a'], ofUser(1)));
    const [result] = await sendLines(
      under,
      JSON.stringify(publication(10, ['a', 'b', 'a'], ofUser(1))),
      ofFirst,
    );
    expect(result).toEqual({ line: 1, status: 202, widget: 'first', receipt: alone.body });
  });

  test('of many versions for one audience is stored in its order', async () => {
    const versions = Array.from({ length: 60 }, (_, n) => publication(n + 1, ['a', 'b'], ofUser(2)));
    const results = await sendLines(under, linesOf(versions), ofFirst);
    expect(results.map(({ status }) => status)).toEqual(versions.map(() => 202));
  });

  test('stores nothing as a dry run', async () => {
    const results = await sendLines(under, linesOf([publication(1, ['a', 'b'], ofUser(3)), '{}']), {
      path: `${ofFirst.path}?dryRun=true`,
    });
    expect(inShort(results)).toEqual([
      [1, 200, 'first'],
      [2, 422, 'validation-failed'],
    ]);
  });

  test('with an Idempotency-Key may be sent again: each line is answered as the first time', async () => {
    const options = { ...ofFirst, headers: { 'Idempotency-Key': 'stream-1' } };
    const lines = [publication(5, ['a', 'b'], ofUser(4)), '{', publication(6, ['a', 'b'], ofUser(4))];
    const once = await sendLines(under, linesOf(lines), options);
    const again = await sendLines(under, linesOf(lines), options);
    expect(inShort(again)).toEqual(inShort(once));
    expect(once.map(({ status }) => status)).toEqual([202, 400, 202]);
    const other = await sendLines(under, linesOf([publication(7, ['a', 'b'], ofUser(4))]), options);
    expect(inShort(other)).toEqual([[1, 422, 'idempotency-key-reused']]);
  });

  test('spends the budget line by line', async () => {
    await register(under, manifest('slow', { budget: { ratePerSecond: 1 } }));
    const lines = Array.from({ length: 20 }, (_, n) => named('slow', n + 1, ofUser(n)));
    const results = await sendLines(under, linesOf([...lines, named('first', 20)]));
    const last = results.pop();
    expect(last?.status).toBe(202);
    const statuses = results.map(({ status }) => status);
    expect(statuses[0]).toBe(202);
    expect(new Set(statuses)).toEqual(new Set([202, 429]));
    const refused = results.find(({ status }) => status === 429);
    expect(refused).toMatchObject({ problem: { budget: 'rate', retryAfterSeconds: expect.any(Number) } });
  });

  test('that is not one, or not allowed, is refused whole', async () => {
    const send = (type: string, key: string = testKeys.alpha) =>
      under.http
        .post('/v1/publications')
        .set('Authorization', `Bearer ${key}`)
        .set('Content-Type', type)
        .send('{}');
    expect((await send('application/json')).status).toBe(415);
    expect((await send('application/x-ndjson; charset=latin1')).status).toBe(415);
    expect((await send('application/x-ndjson', testKeys.reader)).status).toBe(403);
    expect((await under.http.put('/v1/publications')).headers['allow']).toBe('POST');
    expect((await send('application/x-ndjson')).text).toContain('"/widget"');
    expect(await sendLines(under, '')).toEqual([]);
    expect(await sendLines(under, '\n \r\n')).toEqual([]);
  });
});

describe('streamed both ways', () => {
  test('a result comes while later lines are still to be sent', async () => {
    const call = openLines(under, ofFirst);
    for (const n of [1, 2, 3]) {
      call.request.write(linesOf([publication(n, ['a', 'b'], ofUser(10))]));
      await until(`result ${n} is there`, () => call.results().length === n);
    }
    call.request.end();
    expect(await call.ended).toHaveLength(3);
  });

  test('a line that is too long is refused unheard, and the next are not', async () => {
    const call = openLines(under, ofFirst);
    call.request.write(linesOf([publication(1, ['a', 'b'], ofUser(11))]));
    const before = heldBytes();
    for (let n = 0; n < 64; n += 1) {
      const taken = call.request.write(Buffer.alloc(2 ** 20, 'x'));
      if (!taken) await new Promise((resolve) => call.request.once('drain', resolve));
    }
    expect(heldBytes() - before).toBeLessThan(16 * 2 ** 20);
    call.request.end(`\n${linesOf([publication(2, ['a', 'b'], ofUser(11))])}`);
    expect(inShort(await call.ended)).toEqual([
      [1, 202, 'first'],
      [2, 413, 'body-too-large'],
      [3, 202, 'first'],
    ]);
  });

  test('is read no faster than its results are taken', async () => {
    const call = openLines(under, ofFirst);
    call.pause();
    // Refusals are the longest results.
    const line = JSON.stringify({ version: 0, items: Array(50).fill({}), padding: ' '.repeat(4_000) });
    const chunk = `${line}\n`.repeat(20);
    let stuck = false;
    for (let sent = 0; !stuck && sent < 200 * 2 ** 20; sent += chunk.length) {
      if (call.request.write(chunk)) continue;
      stuck = await Promise.race([
        new Promise<boolean>((resolve) => call.request.once('drain', () => resolve(false))),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 2_000)),
      ]);
    }
    expect(stuck).toBe(true);
    call.request.on('error', () => {}).destroy();
  }, 40_000);

  test('when the client goes, reading ends, and no place stays taken', async () => {
    const left = Array.from({ length: 70 }, (_, n) => {
      const call = openLines(under, ofFirst);
      call.request.on('error', () => {});
      call.request.write(linesOf([publication(n + 1, ['a', 'b'], ofUser(100 + n))]));
      return call;
    });
    await until('most are being read', () => left.filter(({ results }) => results().length > 0).length > 50);
    for (const { request } of left) request.destroy();
    await until(
      'there is room',
      async () => (await publish(under, 'first', publication(2, ['a', 'b'], ofUser(99)))).status === 202,
    );
  });
});

describe('packed', () => {
  const packed = { ...ofFirst, headers: { 'Content-Encoding': 'gzip' } };
  const many = (from: number) =>
    linesOf(Array.from({ length: 500 }, (_, n) => publication(1, ['a', 'b'], ofUser(from + n))));

  test('a stream is unpacked as it comes', async () => {
    const results = await sendLines(under, gzipSync(many(1_000)), packed);
    expect(results.every(({ status }) => status === 202)).toBe(true);
    expect(results).toHaveLength(500);
  });

  test('one that is cut off gets results as far as it went, and the reason', async () => {
    const results = await sendLines(under, gzipSync(many(2_000)).subarray(0, -100), packed);
    expect(results.at(-1)).toMatchObject({ line: results.length, status: 400 });
    expect(inShort(results).at(-1)?.[2]).toBe('malformed-encoding');
    expect(results.slice(0, -1).every(({ status }) => status === 202)).toBe(true);
  });

  test('one that is none, or in an encoding that is not known, is a problem', async () => {
    for (const [encoding, status] of [
      ['gzip', 400],
      ['zip', 415],
    ] as const) {
      const call = openLines(under, { ...ofFirst, headers: { 'Content-Encoding': encoding } });
      call.request.end('{}');
      expect([encoding, await call.status]).toEqual([encoding, status]);
    }
  });

  test.each([
    ['one endless line', Buffer.alloc(64 * 2 ** 20, 'x')],
    ['nothing but line feeds', Buffer.alloc(64 * 2 ** 20, '\n')],
  ])('a bomb of %s ends the stream early', async (_what, bomb) => {
    const call = openLines(under, packed);
    // The rest is never sent.
    call.request.write(gzipSync(bomb).subarray(0, 30_000));
    expect(await call.status).toBe(413);
    call.request.destroy();
  });
});

/** Another mediator of the same store, which may freeze for it alone. */
async function startBehindFreezer(storeTimeoutMs: number) {
  const way = await startFreezer(redis.url);
  const environment = { STORE_TIMEOUT_MS: String(storeTimeoutMs) };
  const apart = await startMediator({ redisUrl: way.url, redisPrefix, layout: roomyLayout(), environment });
  return {
    way,
    apart,
    async end() {
      await apart.stop();
      await way.close();
    },
  };
}

test('while the store hangs, lines for the same place do not wait for it one after the other', async () => {
  const { way, apart, end } = await startBehindFreezer(1_000);
  way.freeze();
  const startedAt = performance.now();
  const lines = Array.from({ length: 40 }, (_, n) => publication(n + 1, ['a', 'b'], ofUser(4_000)));
  const results = await sendLines(apart, linesOf(lines), ofFirst);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set([503]));
  expect(results).toHaveLength(40);
  way.thaw();
  await end();
});

test('while the store is away each line says so, and the stream goes on', async () => {
  const { way, apart, end } = await startBehindFreezer(100);
  const call = openLines(apart, ofFirst);
  call.request.write(linesOf([publication(1, ['a', 'b'], ofUser(3_000))]));
  await until('the first is stored', () => call.results().length === 1);
  way.freeze();
  call.request.write(
    linesOf([publication(1, ['a', 'b'], ofUser(3_001)), publication(1, ['a', 'b'], ofUser(3_002))]),
  );
  await until('they are refused', () => call.results().length === 3);
  way.thaw();
  call.request.write(linesOf([publication(1, ['a', 'b'], ofUser(3_003))]));
  call.request.end();
  expect(inShort(await call.ended).slice(0, 3)).toEqual([
    [1, 202, 'first'],
    [2, 503, 'store-unavailable'],
    [3, 503, 'store-unavailable'],
  ]);
  await until('the store is back', async () => {
    const answer = await publish(apart, 'first', publication(1, ['a', 'b'], ofUser(3_004)));
    return answer.status === 202;
  });
  await end();
});

test('many users in one stream: all are stored, none twice, each with a time to be forgotten', async () => {
  const client = new Redis(redis.url);
  const users = 1_500;
  const lines = linesOf(
    Array.from({ length: users }, (_, n) => publication(1, ['a', 'b'], ofUser(10_000 + n))),
  );
  const keys = async () => (await client.keys(`${redisPrefix}:{user:*`)).length;
  const before = await keys();
  const results = await sendLines(under, lines, ofFirst);
  expect(results.filter(({ status }) => status === 202)).toHaveLength(users);
  expect((await keys()) - before).toBe(2 * users);
  for (const key of (await client.keys(`${redisPrefix}:{user:*`)).slice(0, 200)) {
    expect(await client.pttl(key)).toBeGreaterThan(0);
  }
  client.disconnect();
});

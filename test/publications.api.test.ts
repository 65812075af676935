import { gzipSync } from 'node:zlib';
import { Page, Problem, Receipt } from '@widget-mediator/contracts';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url, layout: roomyLayout() });
  await register(under, manifest('first'));
});
afterAll(async () => {
  await under.stop();
  await redis.end();
});

const post = (path: string) =>
  under.http
    .post(path)
    .set('Authorization', `Bearer ${under.keys.alpha}`)
    .set('Content-Type', 'application/json');
const shownBy = async (widget: string, query = '', key: string = under.keys.reader): Promise<string[]> => {
  const answer = await under.http
    .get(`/v1/homepage?device=web${query}`)
    .set('Authorization', `Bearer ${key}`);
  const placed = Page.parse(answer.body).placements.find((placement) => placement.widget.id === widget);
  return placed?.widget.items.map(({ id }) => id) ?? [];
};
const untilShown = (widget: string, ids: string[], query = '') =>
  until(`${widget} shows ${ids.join()}`, async () => String(await shownBy(widget, query)) === String(ids));

describe('publishing', () => {
  test('is acknowledged with a receipt, and stands on the page soon after', async () => {
    const answer = await publish(under, 'first', publication(1, ['a', 'b', 'c', 'd']));
    expect(answer.status).toBe(202);
    expect(Receipt.parse(answer.body)).toMatchObject({
      stored: true,
      received: 4,
      kept: 4,
      verdicts: [],
      warnings: [],
    });
    await untilShown('first', ['a', 'b', 'c']);
  });

  test('may be repeated with the same content, and not with other content', async () => {
    await register(under, manifest('repeated'));
    expect((await publish(under, 'repeated', publication(3, ['a', 'b']))).status).toBe(202);
    expect((await publish(under, 'repeated', publication(3, ['a', 'b']))).status).toBe(202);
    const reused = await publish(under, 'repeated', publication(3, ['a', 'c']));
    expect([reused.status, reused.body.type]).toEqual([409, 'urn:widget-mediator:problem:version-reused']);
  });

  test('never lets an older version replace a newer one', async () => {
    await register(under, manifest('ordered'));
    await publish(under, 'ordered', publication(10, ['new-1', 'new-2']));
    const late = await publish(under, 'ordered', publication(9, ['old-1', 'old-2']));
    expect([late.status, late.body.currentVersion]).toEqual([409, 10]);
    await untilShown('ordered', ['new-1', 'new-2']);
  });

  test('of many versions at once, the newest is the one that stays', async () => {
    await register(under, manifest('raced'));
    const versions = [5, 3, 8, 1, 7, 2, 6, 4];
    await Promise.all(versions.map((n) => publish(under, 'raced', publication(n, [`v${n}-a`, `v${n}-b`]))));
    await untilShown('raced', ['v8-a', 'v8-b']);
  });

  test('drops an item that stands twice, and says so', async () => {
    const answer = await publish(under, 'first', publication(100, ['a', 'b', 'a']));
    expect(answer.body).toMatchObject({
      received: 3,
      kept: 2,
      verdicts: [{ code: 'repeated', widget: 'first', item: 'a' }],
    });
  });

  test('warns of fields that it does not know, and of too few items', async () => {
    const body = { ...publication(101, ['a']), colour: 'red', items: [{ id: 'a', title: 'A', tilte: 'A' }] };
    const answer = await publish(under, 'first', body);
    expect(answer.body.warnings.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/colour',
      '/items/0/tilte',
    ]);
    expect(answer.body.verdicts).toEqual([{ code: 'too-few-items', widget: 'first' }]);
  });

  test('as a dry run is refused as it would be, and says when its time is wrong', async () => {
    await register(under, manifest('foreseen'));
    await publish(under, 'foreseen', publication(5, ['a', 'b']));
    const dry = (body: object) => post('/v1/widgets/foreseen/publications?dryRun=true').send(body);
    expect((await dry(publication(4, ['a', 'b']))).body.currentVersion).toBe(5);
    expect((await dry(publication(5, ['c', 'd']))).body.type).toBe(
      'urn:widget-mediator:problem:version-reused',
    );
    const over = await dry(publication(6, ['a', 'b'], { expiresAt: '2020-01-01T00:00:00Z' }));
    expect(over.body.verdicts).toEqual([{ code: 'expired', widget: 'foreseen' }]);
    expect((await dry(publication(6, []))).body.warnings[0].pointer).toBe('/items');
  });

  test('as a dry run gives the same verdicts and stores nothing', async () => {
    await register(under, manifest('tried'));
    const body = publication(1, ['a', 'b', 'a']);
    const dry = await post('/v1/widgets/tried/publications?dryRun=true').send(body);
    const wet = await post('/v1/widgets/tried/publications').send({ ...body, version: 2 });
    expect([dry.status, wet.status]).toEqual([200, 202]);
    expect(dry.body.stored).toBe(false);
    expect(dry.body.verdicts).toEqual(wet.body.verdicts);
    expect((await publish(under, 'tried', publication(1, ['x', 'y']))).body.currentVersion).toBe(2);
  });

  test('is for everyone, a segment or one user, the nearest first', async () => {
    await register(under, manifest('aimed'));
    await publish(under, 'aimed', publication(1, ['all-1', 'all-2']));
    await publish(
      under,
      'aimed',
      publication(1, ['s-1', 's-2'], { audience: { type: 'segment', segment: 'fans' } }),
    );
    await publish(
      under,
      'aimed',
      publication(1, ['u-1', 'u-2'], { audience: { type: 'user', user: 'u1{}' } }),
    );
    await untilShown('aimed', ['all-1', 'all-2']);
    await untilShown('aimed', ['s-1', 's-2'], '&segments=other,fans');
    await untilShown('aimed', ['u-1', 'u-2'], `&segments=fans&user=${encodeURIComponent('u1{}')}`);
    await untilShown('aimed', ['s-1', 's-2'], '&segments=fans&user=u2');
  });

  test('holds from validFrom until expiresAt', async () => {
    await register(under, manifest('timed'));
    const later = new Date(Date.now() + 3_600_000).toISOString();
    await publish(under, 'timed', publication(1, ['t1', 't2'], { validFrom: later }));
    await until('the page says why', async () => (await explained(under)).text.includes('not-yet-valid'));
    const soon = new Date(Date.now() + 700).toISOString();
    await publish(under, 'timed', publication(2, ['t1', 't2'], { expiresAt: soon }));
    await untilShown('timed', ['t1', 't2']);
    await until('it has expired', async () => (await shownBy('timed')).length === 0);
  });

  test('is refused beyond the rate budget with 429 and Retry-After', async () => {
    await register(under, manifest('noisy', { budget: { ratePerSecond: 1 } }));
    expect((await publish(under, 'noisy', publication(1, ['a', 'b']))).status).toBe(202);
    const refused = await publish(under, 'noisy', publication(2, ['a', 'b']));
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    expect(Problem.parse(refused.body)).toMatchObject({ budget: 'rate', retryAfterSeconds: 1 });
  });
});

describe('bad input', () => {
  const path = '/v1/widgets/careless/publications';
  // So many faults in so short a time would spend the errors budget.
  beforeAll(() =>
    register(under, manifest('careless', { budget: { mode: { rate: 'shadow', errors: 'shadow' } } })),
  );

  const bodies: [string, string | Buffer, number, string][] = [
    ['no JSON', '{"version": 1,', 400, 'malformed-json'],
    ['nothing', '', 400, 'malformed-json'],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400, 'malformed-json'],
    ['__proto__', '{"version":1,"items":[],"__proto__":{"admin":true}}', 400, 'forbidden-key'],
    ['an escaped __proto__', '{"version":1,"items":[{"\\u005f_proto__":{}}]}', 400, 'forbidden-key'],
    ['nesting 5,000 deep', `${'['.repeat(5000)}${']'.repeat(5000)}`, 422, 'validation-failed'],
    [
      'a deep attribute',
      `{"version":1,"items":[{"id":"a","title":"A","attributes":{"x":${'['.repeat(5000)}${']'.repeat(5000)}}}]}`,
      422,
      'validation-failed',
    ],
    ['an array', '[]', 422, 'validation-failed'],
    ['a huge number', '{"version":1e400,"items":[]}', 422, 'validation-failed'],
    [
      'a javascript: link',
      '{"version":1,"items":[{"id":"a","title":"A","url":"javascript:alert(1)"}]}',
      422,
      'validation-failed',
    ],
    [
      'a control character',
      '{"version":1,"items":[{"id":"a","title":"A\\u0007"}]}',
      422,
      'validation-failed',
    ],
    ['a lone surrogate', '{"version":1,"items":[{"id":"a","title":"\\ud800"}]}', 422, 'validation-failed'],
    [
      'ten thousand items',
      JSON.stringify({ version: 1, items: Array(10_000).fill({}) }),
      422,
      'validation-failed',
    ],
    [
      'more than may be sent',
      JSON.stringify({ version: 1, items: [], padding: 'x'.repeat(600 * 1024) }),
      413,
      'body-too-large',
    ],
  ];

  test.each(bodies)('%s is refused', async (_what, body, status, code) => {
    const answer = await post(path)
      .serialize((raw: string) => raw)
      .send(body);
    expect([answer.status, answer.type, answer.body.type]).toEqual([
      status,
      'application/problem+json',
      `urn:widget-mediator:problem:${code}`,
    ]);
    expect(answer.text.length).toBeLessThan(16 * 1024);
    expect(Problem.safeParse(answer.body).success).toBe(true);
  });

  test('in another media type or encoding is refused unread', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/json; charset=latin1']) {
      expect((await post(path).set('Content-Type', type).send('{}')).status).toBe(415);
    }
    expect((await post(path).set('Content-Encoding', 'br2').send('{}')).status).toBe(415);
  });

  test('may be gzipped, and is bounded by what it inflates to', async () => {
    const gzipped = (value: unknown) =>
      post(path)
        .set('Content-Encoding', 'gzip')
        .serialize((raw: string) => raw)
        .send(gzipSync(JSON.stringify(value)) as unknown as string);
    expect((await gzipped(publication(500, ['z1', 'z2']))).status).toBe(202);
    expect((await gzipped({ padding: 'x'.repeat(5_000_000) })).status).toBe(413);
  });

  test('a flood of attributes is refused by its count', async () => {
    const attributes = Object.fromEntries(Array.from({ length: 15_000 }, (_, n) => [`a${n}`, []]));
    const answer = await post(path).send({ version: 1, items: [{ id: 'a', title: 'A', attributes }] });
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [{ pointer: '/items/0/attributes', detail: 'must hold at most 32 attributes' }],
    ]);
  });

  test('by more dry runs than a team may make is refused with 429', async () => {
    await register(under, manifest('tried-often', {}, 'beta'), under.keys.beta);
    const tries = await Promise.all(
      Array.from({ length: 80 }, () =>
        under.http
          .post('/v1/widgets/tried-often/publications?dryRun=true')
          .set('Authorization', `Bearer ${under.keys.beta}`)
          .send(publication(1, ['a', 'b'])),
      ),
    );
    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([200, 429]));
  });

  test('names at most twenty faults and says that there are more', async () => {
    const answer = await post(path).send({ version: 1, items: Array(50).fill({ id: 'a' }) });
    expect(answer.body.errors).toHaveLength(20);
    expect(answer.body.errorsTruncated).toBe(true);
    expect(answer.body.errors[0]).toEqual({ pointer: '/items/0/title', detail: 'is required, as string' });
  });

  test('for a widget, a path or a method that is not there', async () => {
    expect((await post('/v1/widgets/nobody/publications').send(publication(1, []))).status).toBe(404);
    expect((await under.http.get('/v2/nothing')).body.type).toBe('urn:widget-mediator:problem:route-unknown');
    const wrongMethod = await under.http.patch('/v1/widgets/first');
    expect([wrongMethod.status, wrongMethod.headers['allow']]).toEqual([405, 'PUT, GET, DELETE']);
    expect((await under.http.get('/v1/widgets/%E0%A4%A')).status).toBe(400);
  });

  test('leaves what was published before as it was, and nothing in the log is an error', async () => {
    await register(under, manifest('kept'));
    await publish(under, 'kept', publication(1, ['k1', 'k2']));
    await untilShown('kept', ['k1', 'k2']);
    await post('/v1/widgets/kept/publications').send('{"version":2,"items":[{}]}');
    expect(await shownBy('kept')).toEqual(['k1', 'k2']);
    expect(under.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});

import { Page } from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
/** Changes the store behind the mediator's back, as a lost announcement would look to it. */
let hand: Redis;
const prefix = 'sync';

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({
    redisUrl: redis.url,
    redisPrefix: prefix,
    layout: roomyLayout(),
    environment: { RESYNC_EVERY_MS: '150', UPKEEP_EVERY_MS: '1000' },
  });
  hand = new Redis(redis.url);
});
afterAll(async () => {
  hand.disconnect();
  await under.stop();
  await redis.end();
});

const shown = async (): Promise<string[]> =>
  Page.parse((await under.http.get('/v1/homepage')).body).placements.map(({ widget }) => widget.id);

test('content that the store lost stays on pages and is put back', async () => {
  await register(under, manifest('lost'));
  await publish(under, 'lost', publication(1, ['l1', 'l2']));
  await until('it is shown', async () => (await shown()).includes('lost'));
  await hand.del(await keyOf('lost', 'content'));
  await until('it is there again', async () => (await hand.exists(await keyOf('lost', 'content'))) === 1);
  expect(await shown()).toContain('lost');
  await hand.del(await keyOf('lost', 'content'), await keyOf('lost', 'stamps'));
  await until('both are there again', async () => {
    const keys = [await keyOf('lost', 'content'), await keyOf('lost', 'stamps')];
    return (await hand.exists(...keys)) === 2;
  });
  expect(await shown()).toContain('lost');
  expect(under.logText()).toContain('put back from memory');
  // What came back is the same publication: it can be sent again, and an older one not.
  expect((await publish(under, 'lost', publication(1, ['l1', 'l2']))).status).toBe(202);
  expect((await publish(under, 'lost', publication(1, ['l3', 'l4']))).body.type).toMatch(/version-reused$/);
});

test('a registration that came and went unannounced is followed', async () => {
  await register(under, manifest('template'));
  const record = await hand.hget(`${prefix}:{registry}:registrations`, 'template');
  const copy = (record ?? '').replaceAll('template', 'arrived');
  await hand.hset(`${prefix}:{registry}:registrations`, 'arrived', copy);
  await until('it can be published to', async () => {
    return (await publish(under, 'arrived', publication(1, ['x1', 'x2']))).status === 202;
  });
  await until('it is shown', async () => (await shown()).includes('arrived'));
  await hand.hdel(`${prefix}:{registry}:registrations`, 'arrived');
  await until('it is gone', async () => !(await shown()).includes('arrived'));
});

test('a record that is no publication is passed over, and the rest goes on', async () => {
  await register(under, manifest('healthy'));
  await publish(under, 'healthy', publication(1, ['h1', 'h2']));
  await register(under, manifest('damaged'));
  await hand.hset(await keyOf('damaged', 'content'), 'everyone', '{"publication":');
  await hand.hset(await keyOf('damaged', 'stamps'), 'everyone', '1:x:1');
  await publish(under, 'healthy', publication(2, ['h3', 'h4']));
  await until('the healthy one goes on', async () =>
    (await under.http.get('/v1/homepage')).text.includes('"id":"h3"'),
  );
  expect((await publish(under, 'damaged', publication(2, ['d1', 'd2']))).status).toBe(202);
});

test('the store is followed back to an older version', async () => {
  await register(under, manifest('restored'));
  await publish(under, 'restored', publication(6, ['r6-1', 'r6-2']));
  await until('it is shown', async () => (await under.http.get('/v1/homepage')).text.includes('"id":"r6-1"'));
  const [content, stamps] = [await keyOf('restored', 'content'), await keyOf('restored', 'stamps')];
  const backup = [await hand.hgetall(content), await hand.hgetall(stamps)] as const;
  await publish(under, 'restored', publication(7, ['r7-1', 'r7-2']));
  await until('the next is shown', async () =>
    (await under.http.get('/v1/homepage')).text.includes('"id":"r7-1"'),
  );
  await hand.hset(content, backup[0]);
  await hand.hset(stamps, backup[1]);
  await until('it is back', async () => (await under.http.get('/v1/homepage')).text.includes('"id":"r6-1"'));
});

test('a publication goes to the registration that holds, whatever this replica has heard', async () => {
  await register(under, manifest('moved'));
  const registry = `${prefix}:{registry}:registrations`;
  const old = JSON.parse((await hand.hget(registry, 'moved')) ?? '{}');
  await hand.hset(registry, 'moved', JSON.stringify({ ...old, incarnation: 'another' }));
  expect((await publish(under, 'moved', publication(1, ['m1', 'm2']))).status).toBe(202);
  expect(await hand.hlen(`${prefix}:{widget:moved@another}:content`)).toBe(1);
  expect(await hand.exists(`${prefix}:{widget:moved@${old.incarnation}}:content`)).toBe(0);
  await until('it is shown', async () => (await shown()).includes('moved'));
});

test('expired content whose end was not noted is swept', async () => {
  await register(under, manifest('swept', { delivery: { mode: 'push', ttlMs: 3_000, staleForMs: 0 } }));
  await publish(under, 'swept', publication(1, ['s1', 's2']));
  await until('its end is noted', async () => (await hand.del(`${prefix}:{endings}:due`)) === 1);
  await until('it is removed', async () => (await hand.hlen(await keyOf('swept', 'content'))) === 0);
  expect(await hand.hexists(await keyOf('swept', 'stamps'), 'everyone')).toBe(1);
});

/** Where the store keeps a widget's content or stamps. */
async function keyOf(widget: string, what: 'content' | 'stamps'): Promise<string> {
  const record = await hand.hget(`${prefix}:{registry}:registrations`, widget);
  return `${prefix}:{widget:${widget}@${JSON.parse(record ?? '{}').incarnation}}:${what}`;
}

test('content that is announced by the hundred is read together, and each place once', async () => {
  await register(under, manifest('busy'));
  await publish(under, 'busy', publication(1, ['b1', 'b2']));
  const reads = async () =>
    Number(/^cmdstat_hget:calls=(\d+)/m.exec(await hand.info('commandstats'))?.[1] ?? 0);
  const before = await reads();
  const told = JSON.stringify({ kind: 'publication', widget: 'busy', audience: { type: 'everyone' } });
  const telling = Array.from({ length: 500 }, () => hand.publish(`${prefix}:changes`, told));
  await publish(under, 'busy', publication(2, ['b3', 'b4']));
  await until('the last of them is followed', async () =>
    (await under.http.get('/v1/homepage')).text.includes('"id":"busy","version":2'),
  );
  await Promise.all(telling);
  expect((await reads()) - before).toBeLessThan(250);
});

import type { AddressInfo } from 'node:net';
import { createPublisher, type Publisher } from '@widget-mediator/publisher';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let publisher: Publisher;

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url, layout: roomyLayout() });
  const { port } = under.mediator.server.address() as AddressInfo;
  publisher = createPublisher({ mediatorUrl: `http://127.0.0.1:${port}`, apiKey: under.keys.alpha });
});
afterAll(async () => {
  await under.stop();
  await redis.end();
});

const forUsers = (widget: string, count: number, version = 1) =>
  Array.from({ length: count }, (_, n) => ({
    ...publication(version, [`${widget}-${n}`, 'b']),
    widget,
    audience: { type: 'user' as const, user: `u${n}` },
  }));

test('the SDK publishes for hundreds of users, and what it got is on their pages', async () => {
  await register(under, manifest('many', { budget: { ratePerSecond: 10_000 } }));
  const outcomes = await publisher.publishMany([...forUsers('many', 250), ...forUsers('nobody', 1)]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(250);
  expect(outcomes.at(-1)).toMatchObject({ ok: false, error: { code: 'widget-unknown' } });
  await until('the last has theirs', async () => {
    const page = await under.http
      .get('/v1/homepage?user=u249')
      .set('Authorization', `Bearer ${under.keys.reader}`);
    return page.text.includes('many-249');
  });
});

test('a job that is run again under its key is answered as the first time', async () => {
  await register(under, manifest('again', { budget: { ratePerSecond: 10_000 } }));
  const run = () => publisher.publishMany(forUsers('again', 20), { idempotencyKey: 'tonight' });
  const first = await run();
  const newer = await publisher.publishMany(forUsers('again', 20, 2));
  expect(newer.every(({ ok }) => ok)).toBe(true);
  expect(await run()).toEqual(first);
});

test('what is beyond the rate of a widget comes when there is room for it', async () => {
  await register(under, manifest('slowly', { budget: { ratePerSecond: 20 } }));
  const outcomes = await publisher.publishMany(forUsers('slowly', 50));
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
}, 30_000);

test('many are tried out, and nothing is stored', async () => {
  await register(under, manifest('tried', {}));
  const [first] = await publisher.publishMany(forUsers('tried', 1, 5), { dryRun: true });
  expect(first).toMatchObject({ ok: true, receipt: { stored: false, kept: 2 } });
  expect(await publisher.publishMany(forUsers('tried', 1, 1))).toMatchObject([{ ok: true }]);
});

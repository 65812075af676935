import { Receipt } from '@widget-mediator/contracts';
import { type MediatorUnderTest, startMediator, testKeys } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, register } from './support/widgets.ts';

const since = '2026-11-01T00:00:00Z';
const farAway = '2999-01-01T00:00:00Z';

let redis: TestRedis;
let under: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url });
});
afterAll(async () => {
  await under.stop();
  await redis.end();
});

const deprecated = (id: string, deprecation: { since: string; sunset?: string; replacedBy?: string }) => {
  const { metadata, ...others } = manifest(id, { placements: ['row'] });
  return { ...others, metadata: { ...metadata, deprecation } };
};
const isOnPage = async (id: string) => (await under.http.get('/v1/homepage')).text.includes(`"id":"${id}"`);
const verdictOn = async (id: string) => {
  const { body } = await explained(under);
  const verdicts: { code: string; widget: string }[] = body.trace.verdicts;
  return verdicts.find(({ widget }) => widget === id)?.code;
};

test('a deprecated widget is served, and whoever reads or publishes it is told', async () => {
  await register(under, deprecated('old', { since, sunset: farAway, replacedBy: 'new' }));
  const published = await publish(under, 'old', publication(1, ['a', 'b', 'c']));
  const read = await under.http.get('/v1/widgets/old').set('Authorization', `Bearer ${under.keys.alpha}`);
  for (const { headers } of [published, read]) {
    expect(headers).toMatchObject({
      deprecation: `@${Date.parse(since) / 1000}`,
      sunset: 'Tue, 01 Jan 2999 00:00:00 GMT',
      link: '</v1/widgets/new>; rel="successor-version"',
    });
  }
  const { verdicts, warnings } = Receipt.parse(published.body);
  expect([verdicts, warnings]).toEqual([
    [],
    [
      {
        pointer: '',
        detail: `the widget is deprecated since ${since}, served until ${farAway}, replaced by new`,
      },
    ],
  ]);
  await until('it is on a page', () => isOnPage('old'));
});

test('a deprecation without a date or a successor says no more than that', async () => {
  await register(under, deprecated('open', { since }));
  const { headers, body } = await publish(under, 'open', publication(1, ['d', 'e', 'f']));
  expect([headers['sunset'], headers['link']]).toEqual([undefined, undefined]);
  expect(Receipt.parse(body).warnings).toEqual([
    { pointer: '', detail: `the widget is deprecated since ${since}` },
  ]);
});

test('from its sunset on a widget is on no page, by a verdict of its own, until its team thinks otherwise', async () => {
  await register(under, manifest('gone', { placements: ['row'] }));
  await publish(under, 'gone', publication(1, ['g', 'h', 'i']));
  await until('it is on a page', () => isOnPage('gone'));

  await register(under, deprecated('gone', { since, sunset: since }));
  await until('it is on no page', async () => (await verdictOn('gone')) === 'sunset');
  expect(await isOnPage('gone')).toBe(false);
  const { status, body } = await publish(under, 'gone', publication(2, ['g', 'h', 'j']));
  const receipt = Receipt.parse(body);
  expect([status, receipt.verdicts]).toEqual([202, [{ code: 'sunset', widget: 'gone' }]]);
  const statusOf = async () =>
    (
      await under.http
        .get(`/v1/publications/${receipt.publication}`)
        .set('Authorization', `Bearer ${testKeys.alpha}`)
    ).body as unknown;
  expect(await statusOf()).toMatchObject({ state: 'stored', served: false, withheld: 'sunset' });

  await register(under, manifest('gone', { placements: ['row'], lifecycle: 'shadow' }));
  await until('it is in the shadow', async () => (await verdictOn('gone')) === 'not-live');
  expect(await statusOf()).toMatchObject({ state: 'stored', served: false, withheld: 'not-live' });

  await register(under, deprecated('gone', { since, sunset: farAway }));
  await until('it is on a page again', () => isOnPage('gone'));
  // It is made ready under the new manifest a moment later.
  await until('it is served', async () => ((await statusOf()) as { served: boolean }).served);
  expect(await statusOf()).not.toHaveProperty('withheld');
});

test('a sunset comes by itself, without anybody changing anything', async () => {
  const sunset = new Date(Date.now() + 1_500).toISOString();
  await register(under, deprecated('soon', { since, sunset }));
  await publish(under, 'soon', publication(1, ['k', 'l', 'm']));
  await until('its sunset has come', async () => (await verdictOn('soon')) === 'sunset');
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(sunset));
  expect(await isOnPage('soon')).toBe(false);
});

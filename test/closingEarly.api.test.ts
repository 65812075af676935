import { Page } from '@widget-mediator/contracts';
import { layoutInput } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, hangs, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let source: StubSource;

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  source = await startStubSource(answers(publication(1, ['z1', 'z2', 'z3'])));
  under = await startMediator({
    redisUrl: redis.url,
    layout: layoutInput({
      prior: ['a', 'b', 'c', 'last', 'sometimes'],
      deadlineMs: 2_000,
      placements: [
        { id: 'hero', kind: 'hero' },
        { id: 'row-1', kind: 'row' },
        { id: 'row-2', kind: 'row', pins: [{ widget: 'sometimes', segments: ['chosen'] }] },
      ],
    }),
  });
  for (const id of ['a', 'b', 'c']) {
    await register(under, manifest(id));
    await publish(under, id, publication(1, [`${id}1`, `${id}2`, `${id}3`]));
  }
  await until('all are shown', async () =>
    /"a".*"b".*"c"/s.test((await under.http.get('/v1/homepage')).text),
  );
});
afterEach(async () => {
  await under.stop();
  await source.close();
});

const pulled = (id: string) =>
  register(
    under,
    pullManifest(id, source.endpoint, {
      delivery: { mode: 'pull', endpoint: source.endpoint, ttlMs: 60_000 },
      budget: { latencyMs: 1_900 },
      eligibility: { devices: ['tv'] },
    }),
  );
const page = async (query = '') => Page.parse((await explained(under, `&device=tv${query}`)).body);
const fateOf = ({ trace }: Page, widget: string) =>
  trace?.sources.find((report) => report.widget === widget)?.outcome;

test('a page does not wait for a source that could not change it, and its answer serves the next', async () => {
  await pulled('last');
  await until('its answer is kept', async () => fateOf(await page(), 'last') === 'fresh');
  expect((await page()).placements.map(({ widget }) => widget.id)).toEqual(['a', 'b', 'c']);
});

test('what was not awaited has its verdict, is not degraded, and is counted', async () => {
  source.behave(hangs);
  await pulled('last');
  await until('the tv knows it', async () => fateOf(await page(), 'last') === 'not-awaited');
  const made = await page();
  expect(made.degraded).toEqual([]);
  expect(made.trace?.verdicts).toContainEqual({ code: 'not-awaited', widget: 'last' });
  expect(source.open()).toBe(1);
  expect((await under.http.get('/metrics')).text).toMatch(/mediator_pages_closed_early_total [1-9]/);
});

test('a page waits for a source that a pin could bring to the top', async () => {
  source.behave(hangs);
  await pulled('sometimes');
  await until('the tv knows it', async () => fateOf(await page(), 'sometimes') === 'not-awaited');
  expect(fateOf(await page('&segments=chosen&deadlineMs=50'), 'sometimes')).toBe('page-deadline');
});

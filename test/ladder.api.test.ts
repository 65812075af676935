import { Page } from '@widget-mediator/contracts';
import { type Freezer, startFreezer } from './support/freezer.ts';
import { layoutInput } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { joined, openCall } from './support/pageStream.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, type Behaviour, hangs, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let source: StubSource;
let frozen: Freezer | undefined;

const layout = layoutInput({
  prior: ['pushed', 'told-before', 'stood-in-for', 'lost'],
  deadlineMs: 400,
  placements: ['hero', 'row-1', 'row-2', 'row-3'].map((id) => ({
    id,
    kind: 'row',
    required: id !== 'row-3',
  })),
});

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  source = await startStubSource(answers(publication(1, ['p1', 'p2', 'p3'])));
});
afterEach(async () => {
  await under.stop();
  await source.close();
  await frozen?.close();
  frozen = undefined;
});

const page = async (query = '', key = '') => {
  const answer = await under.http
    .get(`/v1/homepage?${query}`)
    .set(key === '' ? {} : { Authorization: `Bearer ${key}` });
  expect(answer.status).toBe(200);
  return Page.parse(answer.body);
};
const standing = ({ placements }: Page) =>
  placements.map(({ placement, widget }) => [placement, widget.id, widget.provenance]);

const failures: [string, Behaviour, string][] = [
  ['hangs', hangs, 'timeout'],
  ['answers 500', answers({}, 500), 'error-status'],
  ['hangs up', (request) => request.socket.destroy(), 'unreachable'],
  ['answers nonsense', answers({ items: 7 }), 'invalid-answer'],
];

test.each(failures)(
  'when a source %s, each widget stands on the best rung that it has',
  async (_what, behaviour, reason) => {
    under = await startMediator({ redisUrl: redis.url, layout });
    await register(under, manifest('pushed'));
    await publish(under, 'pushed', publication(1, ['q1', 'q2', 'q3']));
    const delivery = { mode: 'pull', endpoint: source.endpoint, ttlMs: 1, staleForMs: 60_000 } as const;
    const budget = { latencyMs: 50 };
    await register(under, pullManifest('told-before', source.endpoint, { delivery, budget }));
    await until('it told', async () =>
      (await page()).placements.some(({ widget }) => widget.id === 'told-before'),
    );
    source.behave(behaviour);
    const items = ['f1', 'f2'].map((id) => ({ id, title: id }));
    await register(under, pullManifest('stood-in-for', source.endpoint, { fallback: { items }, budget }));
    await register(under, pullManifest('lost', source.endpoint, { budget }));

    const made = await page();
    expect(standing(made)).toEqual([
      ['hero', 'pushed', 'fresh'],
      ['row-1', 'told-before', 'stale'],
      ['row-2', 'stood-in-for', 'fallback'],
      ['row-3', 'editors-1', 'editorial'],
    ]);
    expect(made.degraded).toEqual(
      ['lost', 'stood-in-for', 'told-before'].map((widget) => ({ source: widget, reason })),
    );
    const { text } = await under.http.get('/metrics');
    for (const provenance of ['fresh', 'stale', 'fallback', 'editorial'])
      expect(text).toMatch(new RegExp(`mediator_placements_total\\{provenance="${provenance}"\\} [1-9]`));
  },
);

test('while Redis hangs and every source does, a viewer that content was published for gets a full page', async () => {
  frozen = await startFreezer(redis.url);
  try {
    under = await startMediator({ redisUrl: frozen.url, layout });
    await register(under, manifest('pushed'));
    await publish(
      under,
      'pushed',
      publication(1, ['u1', 'u2', 'u3'], { audience: { type: 'user', user: 'u1' } }),
    );
    await publish(under, 'pushed', publication(1, ['q1', 'q2', 'q3']));
    await register(under, pullManifest('lost', source.endpoint, { budget: { latencyMs: 300 } }));
    await until('the viewer has their own', async () =>
      JSON.stringify(await page('user=u1', under.keys.reader)).includes('"u1"'),
    );
    source.behave(hangs);
    frozen.freeze();
    const path = '/v1/homepage?user=u2&deadlineMs=100';
    const whole = await page('user=u2&deadlineMs=100', under.keys.reader);
    const streamed = openCall(under, { path, key: under.keys.reader });
    await streamed.ended;
    for (const made of [whole, joined(streamed.lines())]) {
      expect(standing(made)).toEqual([
        ['hero', 'pushed', 'fresh'],
        ['row-1', 'editors-1', 'editorial'],
        ['row-2', 'editors-2', 'editorial'],
        ['row-3', 'editors-3', 'editorial'],
      ]);
      expect(made.degraded).toEqual([{ source: 'lost', reason: 'page-deadline' }]);
    }
    expect(under.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  } finally {
    frozen.thaw();
    await until('publishing works again', async () => {
      const { status } = await publish(under, 'pushed', publication(9, ['q1', 'q2', 'q3']));
      return status === 202;
    });
  }
});

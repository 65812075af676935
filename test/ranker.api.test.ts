import { type LayoutInput, Page, RankerRequest } from '@widget-mediator/contracts';
import { layoutInput, roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { openCall } from './support/pageStream.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, type Behaviour, hangs, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

const latencyMs = 600;
const deadlineMs = 2_000;

let redis: TestRedis;
let ranker: StubSource;
let under: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  ranker = await startStubSource(answers({ scores: {} }));
});
afterEach(async () => {
  await under.stop();
  await ranker.close();
});

const remoteLayout = (changes: Partial<LayoutInput> = {}): LayoutInput =>
  layoutInput({
    strategy: 'remote',
    ranker: { endpoint: ranker.endpoint, latencyMs },
    deadlineMs,
    prior: [],
    ...changes,
  });

async function start(changes: Partial<LayoutInput> = {}): Promise<void> {
  under = await startMediator({ redisUrl: redis.url, layout: remoteLayout(changes) });
}

const explainedPage = async (query = ''): Promise<Page> => {
  const answer = await explained(under, query);
  expect(answer.status).toBe(200);
  return Page.parse(answer.body);
};
const widgetsOf = ({ placements }: Page) => placements.map(({ widget }) => widget.id);
const lastAsked = (): RankerRequest => RankerRequest.parse(JSON.parse(ranker.asked.at(-1)?.body ?? ''));
const requestsBy = async (outcome: string): Promise<number> => {
  const { text } = await under.http.get('/metrics');
  const line = new RegExp(`^mediator_ranker_requests_total\\{outcome="${outcome}"\\} (\\d+)$`, 'm');
  return Number(line.exec(text)?.[1] ?? 0);
};

async function pushed(widget: string, ids: readonly string[]): Promise<void> {
  await register(under, manifest(widget));
  await publish(under, widget, publication(1, ids));
  await until(
    'it is a candidate',
    async () => (await explainedPage()).trace?.widgets.some((one) => one.widget === widget) === true,
  );
}

/** Widgets that have something to show, the first best. */
const scoring = (...widgets: string[]): Behaviour =>
  answers({
    scores: Object.fromEntries(widgets.map((widget, index) => [widget, widgets.length - index])),
    model: 'a field that we do not know',
  });

/** Complete, and ranked by consensus, whatever the ranker did. */
function expectConsensus(page: Page, reason: string): void {
  expect(page.placements).toHaveLength(3);
  expect(page.degraded).toContainEqual({ source: 'ranker', reason });
  expect(page.trace?.strategy).toBe('consensus');
  expect(page.trace?.ranker?.outcome).toBe(reason);
}

test('what the ranker says is the order of the page', async () => {
  await start();
  await pushed('a', ['a1', 'a2', 'a3']);
  await pushed('b', ['b1', 'b2', 'b3']);
  await pushed('c', ['c1', 'c2', 'c3']);
  for (const order of [
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
  ]) {
    ranker.behave(scoring(...order));
    const page = await explainedPage();
    expect(widgetsOf(page)).toEqual(order);
    expect(page.degraded).toEqual([]);
    expect(page.trace).toMatchObject({ strategy: 'remote', ranker: { outcome: 'answered' } });
    expect(page.trace?.ranker?.durationMs).toBeGreaterThan(0);
    expect(page.trace?.timingsMs).toHaveProperty('rank');
  }
  expect(await requestsBy('answered')).toBeGreaterThanOrEqual(2);
});

test('widgets that it does not name rank last, and those that nobody asked about count for nothing', async () => {
  await start();
  await pushed('a', ['a1', 'a2', 'a3']);
  await pushed('b', ['b1', 'b2', 'b3']);
  for (const [named, other] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    ranker.behave(answers({ scores: { [named]: 1, 'not-there': 9, constructor: 3 } }));
    const page = await explainedPage();
    expect(page.trace?.ranker?.outcome).toBe('answered');
    expect(widgetsOf(page).slice(0, 2)).toEqual([named, other]);
    expect(page.placements).toHaveLength(3);
  }
});

test('it is told of the page and its candidates, and how long it has', async () => {
  await start();
  await pushed(
    'long',
    Array.from({ length: 30 }, (_, n) => `l${n}`),
  );
  await explainedPage('&device=phone&locale=pt-BR&segments=x,y');
  expect(lastAsked()).toEqual({
    device: 'phone',
    locale: 'pt-BR',
    segments: ['x', 'y'],
    personal: false,
    widgets: [
      {
        widget: 'long',
        team: 'alpha',
        provenance: 'fresh',
        items: Array.from({ length: 20 }, (_, n) => `l${n}`),
      },
      ...[1, 2, 3].map((n) => ({
        widget: `editors-${n}`,
        team: 'editorial',
        provenance: 'editorial',
        items: [1, 2, 3].map((m) => `e${n}-${m}`),
      })),
    ],
  });
  const told = Number(ranker.asked.at(-1)?.headers['x-deadline-ms']);
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThanOrEqual(latencyMs);
});

test('it is told of the viewer only if there is one', async () => {
  await start();
  await explainedPage();
  expect(ranker.asked.at(-1)?.body).not.toContain('"user"');
  expect(lastAsked().personal).toBe(false);
  await explainedPage('&user=u1');
  expect(lastAsked()).toMatchObject({ personal: true, user: 'u1' });
  expect(under.logText()).not.toContain('u1');
});

describe('a ranker that', () => {
  const raw =
    (body: string, type = 'application/json'): Behaviour =>
    (_request, response) => {
      response.writeHead(200, { 'content-type': type });
      response.end(body);
    };
  const crowd = Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`w${n}`, n]));
  const misbehaviours: [string, Behaviour, string][] = [
    ['hangs', hangs, 'timeout'],
    ['begins and does not end', (_request, response) => response.write('{'), 'timeout'],
    ['hangs up', (request) => request.socket.destroy(), 'unreachable'],
    ['answers 500', answers({ scores: {} }, 500), 'error-status'],
    ['answers 204', (_request, response) => response.writeHead(204).end(), 'invalid-answer'],
    ['answers half a JSON', raw('{"scores":'), 'invalid-answer'],
    ['answers nothing', raw(''), 'invalid-answer'],
    ['answers HTML', raw('{"scores":{}}', 'text/html'), 'invalid-answer'],
    ['has no scores', answers({ ranking: [] }), 'invalid-answer'],
    ['lists its scores', answers({ scores: [1, 2] }), 'invalid-answer'],
    ['scores NaN', raw('{"scores":{"editors-1":NaN}}'), 'invalid-answer'],
    ['scores infinity', raw('{"scores":{"editors-1":1e400}}'), 'invalid-answer'],
    ['scores in strings', answers({ scores: { 'editors-1': '1' } }), 'invalid-answer'],
    ['scores null', answers({ scores: { 'editors-1': null } }), 'invalid-answer'],
    ['scores more widgets than asked', answers({ scores: crowd }), 'invalid-answer'],
    ['reaches for a prototype', raw('{"scores":{"__proto__":{"x":1}}}'), 'invalid-answer'],
    ['answers too much', answers({ scores: {}, padding: 'x'.repeat(300_000) }), 'oversized-answer'],
    [
      'never stops answering',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '.repeat(100_000)), 1);
        response.once('close', () => clearInterval(timer));
      },
      'oversized-answer',
    ],
  ];

  test.each(misbehaviours)('%s leaves the page to consensus', async (_what, behaviour, reason) => {
    ranker.behave(behaviour);
    await start();
    const before = under.logged.length;
    expectConsensus(await explainedPage(), reason);
    expect(await requestsBy(reason)).toBe(1);
    const loud = under.logged.slice(before).filter(({ level }) => Number(level) > 40);
    expect(loud).toEqual([]);
    await until('its request is closed', () => ranker.open() === 0);
  });

  test('is gone leaves the page to consensus', async () => {
    await start();
    await ranker.close();
    expectConsensus(await explainedPage(), 'unreachable');
  });

  test('redirects is not followed', async () => {
    const inside = await startStubSource(answers({ scores: {} }));
    ranker.behave((_request, response) => response.writeHead(307, { location: inside.endpoint }).end());
    await start();
    expectConsensus(await explainedPage(), 'error-status');
    expect(inside.asked).toEqual([]);
    await inside.close();
  });

  test('fails again and again is left alone', async () => {
    ranker.behave(answers({}, 500));
    await start();
    for (let n = 0; n < 10; n += 1) expectConsensus(await explainedPage(), 'error-status');
    for (let n = 0; n < 5; n += 1) expectConsensus(await explainedPage(), 'breaker-open');
    expect(ranker.asked).toHaveLength(10);
  });
});

describe('the deadline of the page', () => {
  let source: StubSource;
  beforeEach(async () => {
    source = await startStubSource(hangs);
  });
  afterEach(() => source.close());

  async function timed(query = ''): Promise<{ page: Page; ms: number }> {
    const startedAt = performance.now();
    const page = await explainedPage(query);
    return { page, ms: performance.now() - startedAt };
  }

  test('holds while a source and the ranker both hang, and both are let go', async () => {
    ranker.behave(hangs);
    await start();
    await register(under, pullManifest('slow', source.endpoint, { budget: { latencyMs: 2_000 } }));
    const { page, ms } = await timed();
    expect(page.placements).toHaveLength(3);
    expect(page.trace?.strategy).toBe('consensus');
    expect(page.degraded.map(({ source: name }) => name)).toEqual(['slow', 'ranker']);
    expect(ms).toBeLessThan(deadlineMs + 700);
    await until('the ranker is let go', () => ranker.open() === 0);
    const told = Number(source.asked.at(-1)?.headers['x-deadline-ms']);
    expect(told).toBeLessThanOrEqual(deadlineMs - 10 - latencyMs);
  });

  test('leaves the ranker unasked when the sources took what there was', async () => {
    await start();
    await register(under, pullManifest('slow', source.endpoint, { budget: { latencyMs: 2_000 } }));
    ranker.asked.length = 0;
    const { page } = await timed('&deadlineMs=100');
    expectConsensus(page, 'deadline-too-short');
    expect(ranker.asked).toEqual([]);
    expect(Number(source.asked.at(-1)?.headers['x-deadline-ms'])).toBeGreaterThan(50);
  });

  test('gives a hurried ranker no more than what is left', async () => {
    ranker.behave(hangs);
    await start();
    expectConsensus((await timed('&deadlineMs=100')).page, 'page-deadline');
    expect(Number(ranker.asked.at(-1)?.headers['x-deadline-ms'])).toBeLessThanOrEqual(90);
    await until('the ranker is let go', () => ranker.open() === 0);
  });
});

describe('nobody is asked', () => {
  test('when there is nothing to rank', async () => {
    const { placements, editorial } = roomyLayout();
    await start({ placements, editorial: editorial ?? [] });
    const page = await explainedPage();
    expect(page).toMatchObject({ placements: [], degraded: [] });
    expect(page.trace).not.toHaveProperty('ranker');
    expect(page.trace?.strategy).toBe('consensus');
    expect(ranker.asked).toEqual([]);
  });

  test.each(['editorial', 'consensus'] as const)('under the strategy %s', async (strategy) => {
    const { ranker: _ranker, ...layout } = remoteLayout({ strategy });
    under = await startMediator({ redisUrl: redis.url, layout });
    const page = await explainedPage();
    expect(page.trace?.strategy).toBe(strategy);
    expect(page.trace).not.toHaveProperty('ranker');
    expect(page.trace?.timingsMs).not.toHaveProperty('rank');
    expect(page.degraded).toEqual([]);
    expect(ranker.asked).toEqual([]);
  });
});

test('a page whose client goes while the ranker thinks is not made, and is no fault of the ranker', async () => {
  await start();
  await pushed('first', ['a1', 'a2', 'a3']);
  const failures = await requestsBy('page-deadline');
  ranker.behave(hangs);
  const call = openCall(under, { accept: 'application/json' });
  await until('the ranker is asked', () => ranker.open() === 1);
  call.leave();
  await until('it is counted', async () =>
    (await under.http.get('/metrics')).text.includes('mediator_pages_total{form="json",outcome="gone"} 1'),
  );
  expect(await requestsBy('page-deadline')).toBe(failures);
  expect(under.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

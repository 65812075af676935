import { Page, type Verdict } from '@widget-mediator/contracts';
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
  source = await startStubSource(answers(publication(1, ['p1', 'p2', 'p3', 'p4'])));
  under = await startMediator({
    redisUrl: redis.url,
    layout: layoutInput({ prior: ['pulled', 'pushed'], deadlineMs: 600 }),
  });
});
afterEach(async () => {
  await under.stop();
  await source.close();
});

const page = async (query = '', key?: string): Promise<Page> => {
  const call = under.http.get(`/v1/homepage${query}`);
  const answer = await (key === undefined ? call : call.set('Authorization', `Bearer ${key}`));
  expect(answer.status).toBe(200);
  return Page.parse(answer.body);
};
const explainedPage = async (query = ''): Promise<Page> => Page.parse((await explained(under, query)).body);
const widgetsOf = ({ placements }: Page) => placements.map(({ widget }) => widget.id);
const itemsOf = ({ placements }: Page, id: string) =>
  placements.find(({ widget }) => widget.id === id)?.widget.items.map((item) => item.id);

async function pushed(ids: string[]): Promise<void> {
  await register(under, manifest('pushed'));
  await publish(under, 'pushed', publication(1, ids));
  await until('it is on the page', async () => widgetsOf(await page()).includes('pushed'));
}

test('with no widgets at all, the page is complete from the editorial pool', async () => {
  const empty = await page();
  expect(widgetsOf(empty)).toEqual(['editors-1', 'editors-2', 'editors-3']);
  expect(empty.placements.map(({ widget }) => widget.provenance)).toEqual([
    'editorial',
    'editorial',
    'editorial',
  ]);
  expect(empty.placements.map(({ position }) => position)).toEqual([1, 2, 3]);
});

test('puts pushed and pulled widgets above the editorial pool, without repeating an item', async () => {
  await pushed(['p1', 'q1', 'q2', 'q3', 'q4']);
  await register(under, pullManifest('pulled', source.endpoint));
  const made = await explainedPage();
  expect(widgetsOf(made)).toEqual(['pulled', 'pushed', 'editors-1']);
  expect(itemsOf(made, 'pulled')).toEqual(['p1', 'p2', 'p3']);
  expect(itemsOf(made, 'pushed')).toEqual(['q1', 'q2', 'q3']);
  const duplicate: Verdict = {
    code: 'duplicate',
    widget: 'pushed',
    item: 'p1',
    winner: { widget: 'pulled', item: 'p1' },
  };
  expect(made.trace?.verdicts).toContainEqual(duplicate);
});

test('conserves: every item received is placed, in reserve or dropped with one code', async () => {
  await pushed(['p1', 'q1', 'q2', 'q3', 'q4']);
  await register(under, pullManifest('pulled', source.endpoint));
  const { trace, placements } = await explainedPage();
  const { received, placed, reserve, dropped } = trace?.conservation ?? {
    received: 0,
    placed: 0,
    reserve: 0,
    dropped: {},
  };
  expect(received).toBe(5 + 4 + 9);
  expect(placed).toBe(placements.flatMap(({ widget }) => widget.items).length);
  expect(placed + reserve + Object.values(dropped).reduce((sum, count) => sum + count, 0)).toBe(received);
});

test('asks a pull source for what its manifest varies on, and tells it the time it has', async () => {
  await register(
    under,
    pullManifest('pulled', source.endpoint, {
      delivery: { mode: 'pull', endpoint: source.endpoint, vary: ['user', 'device'], ttlMs: 0 },
    }),
  );
  await page('?user=u1&device=phone&segments=a,b&deadlineMs=50', under.keys.reader);
  const [last] = source.asked.slice(-1);
  expect(JSON.parse(last?.body ?? '')).toEqual({ user: 'u1', device: 'phone', count: 6 });
  expect(Number(last?.headers['x-deadline-ms'])).toBeLessThanOrEqual(40);
});

describe('a source that', () => {
  const notJson = answers('[', 200);
  const misbehaviours = [
    ['hangs', hangs, 'timeout'],
    ['answers 500', answers({ error: true }, 500), 'error-status'],
    ['redirects', answers({}, 302), 'error-status'],
    ['answers no publication', answers({ items: 'none' }), 'invalid-answer'],
    ['answers a string', notJson, 'invalid-answer'],
    ['answers HTML', (_request, response) => response.end('<html></html>'), 'invalid-answer'],
    ['hangs up', (request) => request.socket.destroy(), 'unreachable'],
    ['answers too much', answers({ version: 1, items: [], padding: 'x'.repeat(2_000) }), 'oversized-answer'],
    [
      'never stops answering',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '.repeat(500)), 1);
        response.once('close', () => clearInterval(timer));
      },
      'oversized-answer',
    ],
    [
      'starts to answer and stops',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"version":1,');
      },
      'timeout',
    ],
  ] satisfies [string, Parameters<StubSource['behave']>[0], string][];

  test.each(misbehaviours)('%s costs its own widget and nothing else', async (_what, behaviour, reason) => {
    await pushed(['q1', 'q2', 'q3']);
    source.behave(behaviour);
    await register(
      under,
      pullManifest('pulled', source.endpoint, { budget: { latencyMs: 400, maxBytes: 1_024 } }),
    );
    const made = await explainedPage();
    expect(widgetsOf(made)).toEqual(['pushed', 'editors-1', 'editors-2']);
    expect(made.degraded).toEqual([{ source: 'pulled', reason }]);
    expect(made.trace?.verdicts).toContainEqual({ code: reason, widget: 'pulled' });
    await until('its exchanges are closed', () => source.open() === 0);
  });

  test('cannot be reached costs its own widget', async () => {
    await source.close();
    await register(under, pullManifest('pulled', source.endpoint));
    expect((await page()).degraded).toEqual([{ source: 'pulled', reason: 'unreachable' }]);
    source = await startStubSource(hangs);
  });

  test('abstains is healthy', async () => {
    source.behave((_request, response) => response.writeHead(204).end());
    await register(under, pullManifest('pulled', source.endpoint));
    const made = await explainedPage();
    expect(made.degraded).toEqual([]);
    expect(made.trace?.verdicts).toContainEqual({ code: 'abstained', widget: 'pulled' });
  });

  test('is slower than the page is cut off by the page, and its late answer serves the next', async () => {
    source.behave((request, response, body) => {
      setTimeout(() => answers(publication(1, ['p1', 'p2', 'p3']))(request, response, body), 120);
    });
    await register(
      under,
      pullManifest('pulled', source.endpoint, {
        delivery: { mode: 'pull', endpoint: source.endpoint, ttlMs: 60_000 },
        budget: { latencyMs: 1_000 },
        eligibility: { devices: ['tv'] },
      }),
    );
    const hurried = await page('?device=tv&deadlineMs=40');
    expect(hurried.degraded).toEqual([{ source: 'pulled', reason: 'page-deadline' }]);
    await until('the late answer is there', async () =>
      widgetsOf(await page('?device=tv&deadlineMs=40')).includes('pulled'),
    );
    expect(source.asked).toHaveLength(1);
  });

  test('fails is stood in for by what it said before, marked stale', async () => {
    await register(
      under,
      pullManifest('pulled', source.endpoint, {
        delivery: { mode: 'pull', endpoint: source.endpoint, ttlMs: 1, staleForMs: 60_000 },
      }),
    );
    expect((await page()).placements[0]?.widget.provenance).toBe('fresh');
    source.behave(answers({}, 500));
    const made = await page();
    expect(made.placements[0]?.widget).toMatchObject({ id: 'pulled', provenance: 'stale' });
    expect(made.degraded).toEqual([{ source: 'pulled', reason: 'error-status' }]);
  });

  test('answers with too few items is stood in for by what it said before', async () => {
    const delivery = { mode: 'pull', endpoint: source.endpoint, ttlMs: 1, staleForMs: 60_000 } as const;
    await register(under, pullManifest('pulled', source.endpoint, { delivery }));
    expect(itemsOf(await page(), 'pulled')).toEqual(['p1', 'p2', 'p3']);
    source.behave(answers(publication(2, ['only'])));
    const made = await page();
    expect(made.placements[0]?.widget).toMatchObject({ id: 'pulled', provenance: 'stale' });
    expect(itemsOf(made, 'pulled')).toEqual(['p1', 'p2', 'p3']);
  });

  test.each([
    ['is over', { expiresAt: '2020-01-01T00:00:00Z' }, 'expired'],
    ['is not yet valid', { validFrom: '2999-01-01T00:00:00Z' }, 'not-yet-valid'],
    ['is for somebody else', { audience: { type: 'user', user: 'another' } }, 'invalid-answer'],
  ] as const)('answers with what %s is not shown', async (_what, changes, code) => {
    source.behave(answers(publication(1, ['p1', 'p2', 'p3'], changes)));
    await register(under, pullManifest('pulled', source.endpoint));
    expect((await explainedPage()).trace?.verdicts).toContainEqual({ code, widget: 'pulled' });
  });

  test('fails because hurried pages gave it no time keeps its breaker closed', async () => {
    source.behave((request, response, body) => {
      const deadlineMs = Number(request.headers['x-deadline-ms']);
      setTimeout(() => answers({}, 503)(request, response, body), deadlineMs);
    });
    await register(
      under,
      pullManifest('pulled', source.endpoint, {
        budget: { latencyMs: 1_000 },
        eligibility: { devices: ['tv'] },
      }),
    );
    for (let n = 0; n < 12; n += 1) {
      const { degraded } = await page('?device=tv&deadlineMs=25');
      expect(degraded).toEqual([{ source: 'pulled', reason: 'page-deadline' }]);
    }
    expect((await under.http.get('/metrics')).text).toContain('mediator_breaker_state{widget="pulled"} 0');
  });

  test('fails is not stood in for by a widget that this page may not show', async () => {
    source.behave(hangs);
    await register(under, manifest('adult', { eligibility: { maturity: 18 } }));
    await publish(under, 'adult', publication(1, ['x1', 'x2', 'x3']));
    await register(
      under,
      pullManifest('pulled', source.endpoint, { fallback: { widget: 'adult' }, budget: { latencyMs: 30 } }),
    );
    await until('grown-ups see it', async () => widgetsOf(await page('?maturity=18')).includes('adult'));
    expect(widgetsOf(await page('?maturity=8'))).toEqual(['editors-1', 'editors-2', 'editors-3']);
  });

  test('fails is stood in for by the fallback its team declared', async () => {
    source.behave(hangs);
    const items = ['f1', 'f2'].map((id) => ({ id, title: id }));
    await register(
      under,
      pullManifest('pulled', source.endpoint, { fallback: { items }, budget: { latencyMs: 30 } }),
    );
    const made = await page();
    expect(made.placements[0]?.widget).toMatchObject({
      id: 'pulled',
      provenance: 'fallback',
      title: 'Widget pulled',
    });
    expect(itemsOf(made, 'pulled')).toEqual(['f1', 'f2']);
  });

  test('keeps failing is left alone, and asked again once it is well', async () => {
    source.behave(answers({}, 500));
    await register(under, pullManifest('pulled', source.endpoint));
    // Each for another viewer: what one was refused a moment ago is not asked for again.
    let viewer = 0;
    await until('the breaker opens', async () => {
      viewer += 1;
      const { degraded } = await page(`?user=v${viewer}`, under.keys.reader);
      return degraded[0]?.reason === 'breaker-open';
    });
    expect(source.asked.length).toBeLessThanOrEqual(20);
    expect((await under.http.get('/metrics')).text).toContain('mediator_breaker_state{widget="pulled"} 2');
    source.behave(answers(publication(2, ['p1', 'p2', 'p3'])));
    await until('it is asked again', async () => widgetsOf(await page()).includes('pulled'));
    expect((await under.http.get('/metrics')).text).toContain('mediator_breaker_state{widget="pulled"} 3');
  });

  test('is asked more often than its rate is not asked', async () => {
    await register(under, pullManifest('pulled', source.endpoint, { budget: { ratePerSecond: 0.5 } }));
    const pages = [await page(), await page(), await page()];
    expect(pages.at(-1)?.degraded).toEqual([{ source: 'pulled', reason: 'rate-exceeded' }]);
    expect(source.asked.length).toBeLessThanOrEqual(1);
  });
});

test('pages for the same person at the same time share one call', async () => {
  const open: (() => void)[] = [];
  source.behave((...exchange) => {
    open.push(() => answers(publication(1, ['p1', 'p2', 'p3']))(...exchange));
  });
  const spec: Parameters<typeof pullManifest>[2] = {
    eligibility: { devices: ['tv'] },
    budget: { latencyMs: 2_000 },
  };
  await register(under, pullManifest('pulled', source.endpoint, spec));
  const asking = Promise.all(Array.from({ length: 8 }, () => page('?device=tv&deadlineMs=2000')));
  await until('all of them wait for it', async () =>
    (await under.http.get('/metrics')).text.includes(
      'mediator_cache_answers_total{widget="pulled",outcome="shared"} 7',
    ),
  );
  for (const answer of open) answer();
  const pages = await asking;
  expect(pages.every((made) => widgetsOf(made).includes('pulled'))).toBe(true);
  expect(source.asked).toHaveLength(1);
});

test('what was published for a user before a widget changed hands is never shown under it', async () => {
  await register(under, manifest('handed'));
  const audience = { type: 'user', user: 'victim' } as const;
  await publish(under, 'handed', publication(50, ['s1', 's2', 's3'], { audience }));
  const asVictim = async () => JSON.stringify(await page('?user=victim', under.keys.reader));
  await until('the user sees it', async () => (await asVictim()).includes('"id":"s1"'));
  await under.http.delete('/v1/widgets/handed').set('Authorization', `Bearer ${under.keys.alpha}`);
  await register(under, manifest('handed', {}, 'beta'), under.keys.beta);
  expect(await asVictim()).not.toContain('"id":"s1"');
  const taken = await publish(under, 'handed', publication(1, ['b1', 'b2'], { audience }), under.keys.beta);
  expect(taken.status).toBe(202);
});

test('an editorial list keeps its name to itself', async () => {
  const answer = await under.http
    .put('/v1/widgets/editors-1')
    .set('Authorization', `Bearer ${under.keys.alpha}`)
    .send(manifest('editors-1'));
  expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, '/metadata/id']);
});

test("a team's fallback goes on standing in once the store has let go of what expired", async () => {
  const items = ['f1', 'f2'].map((id) => ({ id, title: id }));
  const delivery = { mode: 'push', ttlMs: 1_000, staleForMs: 0 } as const;
  await register(under, manifest('pushed', { delivery, fallback: { items } }));
  const expiresAt = new Date(Date.now() + 300).toISOString();
  await publish(under, 'pushed', publication(1, ['q1', 'q2'], { expiresAt }));
  await until('it stands in', async () => itemsOf(await page(), 'pushed')?.[0] === 'f1');
  for (let n = 0; n < 20; n += 1) {
    const made = await page();
    expect(made.degraded).toEqual([{ source: 'pushed', reason: 'expired' }]);
    expect(itemsOf(made, 'pushed')).toEqual(['f1', 'f2']);
    await new Promise((resolve) => setImmediate(resolve));
  }
});

describe('the context', () => {
  test('of a known viewer needs a read key', async () => {
    for (const query of ['user=u1', 'session=s1', 'segments=a']) {
      expect((await under.http.get(`/v1/homepage?${query}`)).status).toBe(401);
    }
    const alien = await under.http
      .get('/v1/homepage?user=u1')
      .set('Authorization', `Bearer ${under.keys.alpha}`);
    expect(alien.status).toBe(403);
  });

  test("is explained only to an operator's key", async () => {
    expect((await under.http.get('/v1/homepage?explain=true')).status).toBe(401);
    const reader = under.http
      .get('/v1/homepage?explain=true')
      .set('Authorization', `Bearer ${under.keys.reader}`);
    expect((await reader).status).toBe(403);
    expect((await explainedPage()).trace?.layout).toEqual({ id: 'homepage', version: 'test-1' });
    expect((await page()).trace).toBeUndefined();
  });

  test('is the same by POST', async () => {
    await pushed(['q1', 'q2', 'q3']);
    const posted = await under.http.post('/v1/homepage').send({ device: 'phone' });
    expect(widgetsOf(Page.parse(posted.body))).toEqual(widgetsOf(await page('?device=phone')));
  });

  test.each([
    ['?device=fridge', '/device'],
    ['?deadlineMs=0', '/deadlineMs'],
    ['?deadlineMs=soon', '/deadlineMs'],
    ['?deadlineMs=99999999', '/deadlineMs'],
    ['?explain=yes', '/explain'],
    ['?locale=english', '/locale'],
    ['?colour=red', '/colour'],
    ['?device=web&device=phone', '/device'],
    ['?segments=A%20B', '/segments/0'],
    ['?__proto__=x', '/__proto__'],
  ])('%s is refused with a pointer', async (query, pointer) => {
    const answer = await under.http.get(`/v1/homepage${query}`);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  test('decides who is eligible, and the trace says why the others are not', async () => {
    await register(under, manifest('for-tv', { eligibility: { devices: ['tv'] } }));
    await register(under, manifest('for-germans', { eligibility: { locales: ['de'] } }));
    await register(under, manifest('for-adults', { eligibility: { maturity: 18 } }));
    await register(under, manifest('for-fans', { eligibility: { segments: ['fans'] } }));
    await register(under, manifest('not-yet', { lifecycle: 'shadow' }));
    await register(under, manifest('a-banner', { placements: ['banner'] }));
    const { trace } = await explainedPage('&device=phone&locale=en-GB&maturity=12&segments=others');
    const codes = Object.fromEntries(trace?.verdicts.map(({ widget, code }) => [widget, code]) ?? []);
    expect(codes).toMatchObject({
      'for-tv': 'device-not-eligible',
      'for-germans': 'locale-not-eligible',
      'for-adults': 'maturity-not-eligible',
      'for-fans': 'segment-not-eligible',
      'not-yet': 'not-live',
      'a-banner': 'no-placement',
    });
    const { trace: fans } = await explainedPage('&segments=fans&maturity=18&locale=de-AT&device=tv');
    expect(fans?.sources.map(({ widget }) => widget)).toEqual([
      'for-adults',
      'for-fans',
      'for-germans',
      'for-tv',
    ]);
  });
});

test('answers with the headers that frontends and caches need', async () => {
  const anonymous = await under.http.get('/v1/homepage');
  expect(anonymous.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=2',
    'server-timing': expect.stringMatching(
      /^collect;dur=[\d.]+, compose;dur=[\d.]+, write;dur=[\d.]+, total;dur=[\d.]+$/,
    ),
  });
  const personal = await under.http
    .get('/v1/homepage?user=u1')
    .set('Authorization', `Bearer ${under.keys.reader}`);
  expect(personal.headers['cache-control']).toBe('private, no-store');
});

test('logs one lean line a page, and never who the viewer is', async () => {
  await page('?user=somebody-secret&segments=hidden-segment', under.keys.reader);
  await until('it is logged', () => under.logged.some(({ msg }) => msg === 'page'));
  const [line] = under.logged.filter(({ msg }) => msg === 'page');
  expect(line).toMatchObject({ level: 30, placements: 3, degraded: 0 });
  expect(under.logText()).not.toMatch(/somebody-secret|hidden-segment|secret-of/);
});

test('tokens tell pages, placements and widgets apart', async () => {
  const [one, other] = [await page(), await page()];
  const tokens = [...one.placements, ...other.placements].map(({ widget }) => widget.token);
  expect(new Set(tokens).size).toBe(6);
  expect(tokens[0]).toMatch(
    new RegExp(`^${one.pageId}\\.1\\.hero\\.editors-1\\.1\\.[0-9a-f]{16}\\.[0-9a-f]{32}$`),
  );
});

import { limits, Page } from '@widget-mediator/contracts';
import { layoutInput } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let source: StubSource;

/** Six placements, two at a time; six editorial lists, so that they alone fill it. */
const layout = layoutInput({
  prior: ['first', 'second', 'third', 'fourth', 'pulled'],
  deadlineMs: 600,
  pageSize: 2,
  placements: [1, 2, 3, 4, 5, 6].map((n) => ({ id: `row-${n}`, kind: 'row' })),
  editorial: [1, 2, 3, 4, 5, 6].map((n) => ({
    id: `editors-${n}`,
    title: `Editors ${n}`,
    itemType: 'film',
    minItems: 2,
    placements: ['row'],
    items: [1, 2, 3].map((m) => ({ id: `e${n}-${m}`, title: `Editorial film ${n}-${m}` })),
  })),
});

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  source = await startStubSource(answers(publication(1, ['p1', 'p2', 'p3'])));
  under = await startMediator({ redisUrl: redis.url, layout });
});
afterEach(async () => {
  await under.stop();
  await source.close();
});

const ask = (query = '', key?: string) => {
  const call = under.http.get(`/v1/homepage${query}`);
  return key === undefined ? call : call.set('Authorization', `Bearer ${key}`);
};
const page = async (query = '', key?: string): Promise<Page> => {
  const answer = await ask(query, key);
  expect(answer.status).toBe(200);
  return Page.parse(answer.body);
};
const below = (above: Page, query = '', key?: string) => page(`?cursor=${above.nextCursor}${query}`, key);
const explainedPage = async (query = ''): Promise<Page> => Page.parse((await explained(under, query)).body);
const widgetsOf = (...pages: Page[]) =>
  pages.flatMap(({ placements }) => placements.map(({ widget }) => widget.id));
const itemsOf = (...pages: Page[]) =>
  pages.flatMap(({ placements }) => placements.flatMap(({ widget }) => widget.items.map(({ id }) => id)));
const positionsOf = (...pages: Page[]) =>
  pages.flatMap(({ placements }) => placements.map(({ position }) => position));

const films = (name: string, count = 3) => Array.from({ length: count }, (_, n) => `${name}${n + 1}`);

/** Registers a push widget and publishes, and waits until it would be on a page of its own. */
async function pushed(id: string, ids: readonly string[]): Promise<void> {
  await register(under, manifest(id));
  await republished(id, 1, ids);
}

async function republished(id: string, version: number, ids: readonly string[]): Promise<void> {
  expect((await publish(under, id, publication(version, ids))).status).toBe(202);
  await until(`version ${version} of ${id} is known`, async () => {
    const { trace } = await explainedPage();
    return trace?.sources.some((one) => one.widget === id && one.items === ids.length) ?? false;
  });
}

const distinct = (values: readonly unknown[]) => new Set(values).size;

describe('what comes below', () => {
  test('is asked for by cursor, page by page, down to the end of the layout', async () => {
    const top = await page();
    const middle = await below(top);
    const end = await below(middle);
    expect([positionsOf(top), positionsOf(middle), positionsOf(end)]).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(end.nextCursor).toBeUndefined();
  });

  test('is complete from the editorial lists that were not used above', async () => {
    const top = await page();
    const middle = await below(top);
    const pages = [top, middle, await below(middle)];
    expect(widgetsOf(...pages).sort()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `editors-${n}`));
    expect(distinct(itemsOf(...pages))).toBe(18);
  });

  test('repeats no widget and no item, whatever was published and whoever died in between', async () => {
    await pushed('first', films('a', 6));
    await register(under, pullManifest('pulled', source.endpoint, { budget: { latencyMs: 1_000 } }));
    const top = await page();
    expect(widgetsOf(top)).toEqual(['first', 'pulled']);

    // New lists say what was shown above, and what was above says something new.
    await pushed('second', ['a1', 'p1', 'a2', 'p2', ...films('b')]);
    await republished('first', 2, films('c', 7));
    source.behave(answers({}, 500));
    const middle = await below(top);
    expect(widgetsOf(middle)).toEqual(['second', expect.stringMatching(/^editors-/)]);
    expect(itemsOf(middle).slice(0, 3)).toEqual(films('b'));

    // Whoever was above and away while the middle was made is still not shown again.
    source.behave(answers(publication(2, ['q1', 'q2', 'q3'])));
    await pushed('third', [...films('a'), ...films('p'), ...films('b'), 'd1', 'd2']);
    const end = await below(middle);
    expect(widgetsOf(end)[0]).toBe('third');
    expect(itemsOf(end).slice(0, 2)).toEqual(['d1', 'd2']);

    const all = [top, middle, end];
    expect(positionsOf(...all)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(distinct(widgetsOf(...all))).toBe(6);
    expect(distinct(itemsOf(...all))).toBe(itemsOf(...all).length);
  });

  test('is the same by POST', async () => {
    const top = await page();
    const posted = await under.http.post('/v1/homepage').send({ cursor: top.nextCursor });
    expect(posted.headers['cache-control']).toBe('private, no-store');
    const byPost = Page.parse(posted.body);
    expect(widgetsOf(byPost)).toEqual(widgetsOf(await below(top)));
    expect(byPost.nextCursor).toBeDefined();
  });

  test('has the same seed for the same viewer', async () => {
    const seedOf = async (query: string) => (await explainedPage(query)).trace?.seed;
    const top = await explainedPage('&user=ada');
    const seed = await seedOf(`&user=ada&cursor=${top.nextCursor}`);
    expect(seed).toBe(top.trace?.seed);
    expect(await seedOf(`&user=ben&cursor=${top.nextCursor}`)).not.toBe(seed);
  });

  test('is found by another mediator with the same secret', async () => {
    const other = await startMediator({ redisUrl: redis.url, layout });
    const top = await page();
    const answer = await other.http.get(`/v1/homepage?cursor=${top.nextCursor}`);
    await other.stop();
    expect(positionsOf(Page.parse(answer.body))).toEqual([3, 4]);
  });

  test.each([
    ['made up', 'AAAA.0123456789abcdef0123456789abcdef'],
    ['no cursor at all', 'next'],
  ])('is refused for a cursor that is %s', async (_what, cursor) => {
    const answer = await ask(`?cursor=${cursor}`);
    expect(answer.body).toMatchObject({
      status: 400,
      type: 'urn:widget-mediator:problem:cursor-invalid',
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await under.http.post('/v1/homepage').send({ cursor })).status).toBe(400);
  });

  test('is refused for a cursor of another version of the layout', async () => {
    const top = await page();
    const renewed = await startMediator({ redisUrl: redis.url, layout: { ...layout, version: 'test-2' } });
    const answer = await renewed.http.get(`/v1/homepage?cursor=${top.nextCursor}`);
    await renewed.stop();
    expect([answer.status, answer.body.type]).toEqual([400, 'urn:widget-mediator:problem:cursor-invalid']);
  });

  test.each([
    'cursor=',
    'cursor=a%20b',
    `cursor=${'x'.repeat(limits.cursorCharacters + 1)}`,
    'cursor=a&cursor=b',
  ])('does not begin with a cursor that no page can have had: %#', async (query) => {
    const answer = await ask(`?${query}`);
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, '/cursor']);
  });

  test('of a layout without pageSize is nothing', async () => {
    const { pageSize: _pageSize, ...atOnce } = layout;
    const whole = await startMediator({ redisUrl: redis.url, layout: atOnce });
    const answer = await whole.http.get('/v1/homepage');
    await whole.stop();
    const made = Page.parse(answer.body);
    expect(positionsOf(made)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(made).not.toHaveProperty('nextCursor');
  });
});

describe('a page for one viewer without a name', () => {
  test('does not show what was dismissed, by GET or by POST', async () => {
    await pushed('first', films('a', 6));
    expect(itemsOf(await page()).slice(0, 3)).toEqual(['a1', 'a2', 'a3']);
    expect(itemsOf(await page('?dismissed=a1,a3')).slice(0, 3)).toEqual(['a2', 'a4', 'a5']);
    const posted = await under.http.post('/v1/homepage').send({ dismissed: ['a1', 'a3'] });
    expect(itemsOf(Page.parse(posted.body)).slice(0, 3)).toEqual(['a2', 'a4', 'a5']);
    expect(itemsOf(await page()).slice(0, 3)).toEqual(['a1', 'a2', 'a3']);
  });

  test.each([
    'dismissed=a1',
    'seen=a1:3,a2',
    'lastPage=row-1:first',
    'dismissed=a1&seen=a2&lastPage=row-1:first',
  ])('is kept by nobody: %s', async (query) => {
    expect((await ask(`?${query}`)).headers['cache-control']).toBe('private, no-store');
  });

  test('and its cursor are kept by nobody', async () => {
    const top = await ask();
    expect(top.headers['cache-control']).toBe('public, max-age=2');
    const { headers } = await ask(`?cursor=${Page.parse(top.body).nextCursor}`);
    expect(headers['cache-control']).toBe('private, no-store');
  });

  test('may be shared when it says nothing after all', async () => {
    expect((await ask('?dismissed=&seen=&lastPage=')).headers['cache-control']).toBe('public, max-age=2');
  });

  test.each([
    ['dismissed=a,,b', '/dismissed/1'],
    ['seen=a:yesterday', '/seen/0/hoursAgo'],
    ['lastPage=row-1', '/lastPage/0/widget'],
  ])('is refused with a pointer: %s', async (query, pointer) => {
    const answer = await ask(`?${query}`);
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, pointer]);
  });

  test('leaves nothing of it in the log', async () => {
    const { nextCursor } = await page('?dismissed=secret-film&seen=secret-film:1&lastPage=row-1:secret-list');
    await page(`?cursor=${nextCursor}&dismissed=secret-film`);
    await ask('?cursor=secret-cursor');
    await explainedPage('&why=secret-film');
    await until('all is logged', () => under.logText().includes('"problem":"cursor-invalid"'));
    await until('all is logged', () => under.logged.filter(({ msg }) => msg === 'page').length >= 3);
    expect(under.logText()).not.toMatch(/secret-film|secret-list|secret-cursor/);
    expect(under.logText()).not.toContain(nextCursor);
  });
});

describe('why', () => {
  const whyOf = async (subject: string, query = ''): Promise<Page['trace']> =>
    (await page(`?why=${subject}${query}`, under.keys.operator)).trace;

  test("needs an operator's key", async () => {
    expect((await ask('?why=first')).status).toBe(401);
    expect((await ask('?why=first', under.keys.reader)).status).toBe(403);
    const answer = await ask('?why=first', under.keys.operator);
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'private, no-store']);
  });

  test('brings the trace, and the certificate only when all is to be explained', async () => {
    const trace = await whyOf('first');
    expect(trace?.layout).toEqual({ id: 'homepage', version: 'test-1' });
    expect(trace).not.toHaveProperty('certificate');
    expect((await explainedPage()).trace).not.toHaveProperty('why');
    const { certificate } = (await explainedPage()).trace ?? {};
    expect(certificate?.bound).toBeGreaterThanOrEqual(certificate?.score ?? Infinity);
  });

  test('a widget is not considered: its verdict', async () => {
    await register(under, manifest('for-tv', { eligibility: { devices: ['tv'] } }));
    expect((await whyOf('for-tv'))?.why).toEqual({
      subject: 'for-tv',
      present: false,
      sentence: 'for-tv is not on the page. The widget is not for this device.',
      chain: [{ code: 'device-not-eligible', widget: 'for-tv' }],
    });
  });

  test('a source brought nothing: its verdict', async () => {
    source.behave(answers({}, 500));
    await register(under, pullManifest('pulled', source.endpoint));
    expect((await whyOf('pulled'))?.why).toMatchObject({
      present: false,
      chain: [{ code: 'error-status', widget: 'pulled' }],
    });
  });

  test('what nobody knows is absent: that nobody knows it', async () => {
    const why = (await whyOf('ghost'))?.why;
    expect(why).toMatchObject({ subject: 'ghost', present: false, chain: [] });
    expect(why?.sentence).toMatch(/^ghost is not on the page\. /);
  });

  test('an item is on the page: that it is', async () => {
    await pushed('first', films('a', 6));
    expect((await whyOf('a1'))?.why).toMatchObject({ subject: 'a1', present: true });
  });

  test.each([
    ['first', { code: 'placed-above', widget: 'first' }],
    ['a1', { code: 'shown-above', widget: 'first', item: 'a1' }],
  ])('%s is above: that it is', async (subject, verdict) => {
    await pushed('first', films('a', 6));
    const { nextCursor } = await page();
    const why = (await whyOf(subject, `&cursor=${nextCursor}`))?.why;
    expect(why).toMatchObject({
      subject,
      present: false,
      chain: [verdict],
    });
  });
});

import { layoutInput } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { openCall } from './support/pageStream.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, hangs, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { publication, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
let source: StubSource;

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  source = await startStubSource((_request, response) => response.writeHead(204).end());
  under = await startMediator({
    redisUrl: redis.url,
    layout: layoutInput({ prior: ['pulled'], deadlineMs: 2_000 }),
  });
  await register(under, pullManifest('pulled', source.endpoint, { budget: { latencyMs: 1_900 } }));
  source.behave(hangs);
});
afterEach(async () => {
  await under.stop();
  await source.close();
});

const counted = async (form: string) => {
  const { text } = await under.http.get('/metrics');
  const found = new RegExp(`mediator_pages_total\\{form="${form}",outcome="gone"\\} (\\d+)`).exec(text);
  return Number(found?.[1] ?? 0);
};
const errors = () => under.logged.filter(({ level }) => Number(level) >= 50);
const pages = () => under.logged.filter(({ msg }) => msg === 'page').length;

const calls = [
  ['GET', 'json', { accept: 'application/json' }],
  ['POST', 'json', { accept: 'application/json', body: {} }],
  ['GET', 'stream', {}],
  ['POST', 'stream', { body: {} }],
] as const;

test.each(calls)(
  'when the client of a %s for %s goes, its source is let go of and no page is made',
  async (_method, form, options) => {
    const before = pages();
    const call = openCall(under, options);
    await until('the source is asked', () => source.open() === 1);
    call.leave();
    await until('the source sees its connection closed', () => source.open() === 0, 1_500);
    await until('it is counted', async () => (await counted(form)) === 1);
    expect(pages()).toBe(before);
    expect(errors()).toEqual([]);
  },
);

test('while another page waits for the same answer, the call goes on', async () => {
  source.behave((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
  });
  const leaving = openCall(under, { accept: 'application/json' });
  await until('the source is asked', () => source.open() === 1);
  const staying = openCall(under, { accept: 'application/json' });
  await until('both wait', async () => /mediator_pages_open 2/.test((await under.http.get('/metrics')).text));
  leaving.leave();
  await until('the first is gone', async () => (await counted('json')) === 1);
  expect(source.open()).toBe(1);
  staying.leave();
  await until('the source sees its connection closed', () => source.open() === 0, 1_500);
});

test('a client that leaves after its page was made is not counted as gone', async () => {
  source.behave(answers(publication(1, ['p1', 'p2', 'p3'])));
  const call = openCall(under, { accept: 'application/json' });
  await call.ended;
  call.leave();
  expect(await counted('json')).toBe(0);
});

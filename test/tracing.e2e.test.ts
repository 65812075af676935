import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layoutInput } from './support/layouts.ts';
import { type MediatorProcess, startMediatorProcess } from './support/mediatorProcess.ts';
import { testKeys } from './support/mediatorUnderTest.ts';
import { openCallTo } from './support/pageStream.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { answers, type StubSource, startStubSource } from './support/stubSource.ts';
import { until } from './support/until.ts';
import { publication, pullManifest } from './support/widgets.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';

interface RecordedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

let redis: TestRedis;
let source: StubSource;
let mediator: MediatorProcess;

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  source = await startStubSource(answers(publication(1, ['p1', 'p2', 'p3'])));
});
afterEach(async () => {
  await mediator.stop();
  await source.close();
});

async function start(nodeArguments: string[]): Promise<void> {
  mediator = await startMediatorProcess({
    redisUrl: redis.url,
    layout: layoutInput({ prior: ['pulled'], deadlineMs: 1_000 }),
    nodeArguments,
    environment: (folder) => ({
      SPANS_FILE: join(folder, 'spans.ndjson'),
      REDIS_PREFIX: `t${randomBytes(6).toString('hex')}`,
    }),
  });
  const manifest = pullManifest('pulled', source.endpoint, { budget: { latencyMs: 900 } });
  const registered = await fetch(`http://127.0.0.1:${mediator.port}/v1/widgets/pulled`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${testKeys.alpha}`, 'content-type': 'application/json' },
    body: JSON.stringify(manifest),
  });
  expect(registered.ok).toBe(true);
  await until('it is shown', async () => (await page({})).includes('"pulled"'));
}

async function page(headers: Record<string, string>, accept = 'application/json'): Promise<string> {
  const path = '/v1/homepage?user=viewer-17';
  const call = openCallTo(mediator.port, { path, key: testKeys.reader, accept, headers });
  await call.ended;
  return call.text();
}

const spansFile = () => join(mediator.folder, 'spans.ndjson');

function spans(): RecordedSpan[] {
  if (!existsSync(spansFile())) return [];
  const lines = readFileSync(spansFile(), 'utf8').split('\n').slice(0, -1);
  return lines.map((line): RecordedSpan => JSON.parse(line));
}

const recordSpans = ['--import', join(__dirname, 'tracing', 'recordSpans.mjs')];

test.each(['application/json', 'application/x-ndjson'])(
  'with an SDK, a page of %s, its stages and the calls to its sources are spans of the trace of its request',
  async (accept) => {
    await start(recordSpans);
    await page({ traceparent: `00-${traceId}-${parentId}-01` }, accept);
    const ofTrace = () => spans().filter((span) => span.traceId === traceId);
    await until('the page has ended', () => ofTrace().some(({ name }) => name === 'page'));

    const [ask, collect, compose, write, whole] = ['ask', 'collect', 'compose', 'write', 'page'].map((name) =>
      ofTrace().filter((span) => span.name === name),
    );
    expect(ofTrace()).toHaveLength(5);
    expect(whole).toMatchObject([{ parentId, attributes: { 'widget_mediator.outcome': 'finished' } }]);
    for (const stage of [collect, compose, write]) expect(stage?.[0]?.parentId).toBe(whole?.[0]?.spanId);
    expect(ask).toMatchObject([
      {
        parentId: collect?.[0]?.spanId,
        attributes: { 'widget_mediator.source': 'pulled', 'widget_mediator.outcome': 'entered' },
      },
    ]);
    expect(source.asked.at(-1)?.headers['traceparent']).toBe(`00-${traceId}-${ask?.[0]?.spanId}-01`);
    await until('it is logged', () => mediator.logged().some((line) => line['traceId'] === traceId));
    expect(readFileSync(spansFile(), 'utf8')).not.toContain('viewer-17');
  },
);

test('without an SDK the trace is passed on and logged, and a page without one starts its own', async () => {
  await start([]);
  await page({ traceparent: `00-${traceId}-${parentId}-01` });
  expect(source.asked.at(-1)?.headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  const { pageId } = JSON.parse(await page({ traceparent: `00-${traceId}-${'0'.repeat(16)}-01` }));
  const ownTrace = String(pageId).replaceAll('-', '');
  expect(source.asked.at(-1)?.headers['traceparent']).toMatch(new RegExp(`^00-${ownTrace}-[0-9a-f]{16}-00$`));
  await until('both are logged', () =>
    [traceId, ownTrace].every((id) => mediator.logged().some((line) => line['traceId'] === id)),
  );
  expect(existsSync(spansFile())).toBe(false);
});

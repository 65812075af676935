import { HomepageRequest, Publication, WidgetManifest } from '@widget-mediator/contracts';
import { faultOf } from './hostileBodies/faultOf.ts';
import { honest, target, withText } from './hostileBodies/honestDocuments.ts';
import { hostileBodies } from './hostileBodies/hostileBodies.ts';
import { type HostileBody, marker } from './hostileBodies/hostileBody.ts';
import { type Answer, sendBody } from './hostileBodies/sendBody.ts';
import { slowShares } from './hostileBodies/slowShares.ts';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, register } from './support/widgets.ts';

const families = hostileBodies(20_261_127);
const all = [...families.values()].flat();

let redis: TestRedis;
let under: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url, layout: roomyLayout() });
  // So many faults in so short a time would spend the errors budget, and they are to be looked at one by one.
  await register(
    under,
    manifest(target, { budget: { mode: { rate: 'shadow', errors: 'shadow', load: 'shadow' } } }),
  );
  await register(
    under,
    manifest('honest', { budget: { mode: { rate: 'shadow', errors: 'shadow', load: 'shadow' } } }),
  );
  await publish(under, 'honest', publication(1, ['h1', 'h2', 'h3']));
  await until('the honest one is shown', async () => (await pageText()).includes('h3'));
});
afterAll(async () => {
  await under.stop();
  await redis.end();
});

const pageText = async (): Promise<string> => (await under.http.get('/v1/homepage')).text;

test('there are more than 300 of them, no two the same', () => {
  expect(all.length).toBeGreaterThan(300);
  const seen = new Map<string, string>();
  const repeated = all.filter(({ name, reader, bytes, headers, chunked }) => {
    const sent = [reader, chunked, JSON.stringify(headers), bytes.toString('base64')].join();
    const isRepeated = seen.has(sent);
    seen.set(sent, name);
    return isRepeated;
  });
  expect(repeated.map(({ name }) => name)).toEqual([]);
  expect(new Set(seen.values()).size).toBe(all.length);
});

test('without what is hostile in it, each document would be taken', () => {
  expect(Publication.safeParse(JSON.parse(honest('publication'))).error).toBeUndefined();
  expect(WidgetManifest.safeParse(JSON.parse(honest('manifest'))).error).toBeUndefined();
  expect(HomepageRequest.safeParse(JSON.parse(honest('homepage'))).error).toBeUndefined();
});

describe.each([...families])('%s', (_family, bodies) => {
  test(`are refused as the table of problems says (${bodies.length})`, async () => {
    const faults: object[] = [];
    for (const body of bodies) {
      const fault = faultOf(body, await answerTo(body));
      if (fault !== undefined) faults.push({ body: body.name, ...fault });
    }
    expect(faults).toEqual([]);
  });
});

/** Registrations have a budget of requests that no manifest sets: what is refused for that comes again. */
async function answerTo(body: HostileBody): Promise<Answer> {
  let answer = await sendBody(under, body);
  const isRead = async () => {
    if (answer.status === 429) answer = await sendBody(under, body);
    return answer.status !== 429;
  };
  await until('there is budget for it', isRead);
  return answer;
}

test('of names that stand twice the last is taken, and only that is shown', async () => {
  const items = (title: string) => JSON.stringify(['d1', 'd2'].map((id) => ({ id, title })));
  const twice = withText('publication', '/version', `8000000,"items":${items('first')},"version":2`);
  const bytes = Buffer.from(twice.replace(/}$/, `,"title":"Said last","items":${items('last')}}`));
  const answer = await sendBody(under, { reader: 'publication', bytes, headers: {}, chunked: false });
  expect([answer.status, JSON.parse(answer.text).version]).toEqual([202, 2]);
  await until('it is shown', async () => (await pageText()).includes('Said last'));
  expect(await pageText()).not.toMatch(/"title":"first"|zzmarkzz/);
});

test('nothing of them is on a page or in the log, and what is honest is taken and shown as before', async () => {
  for (const text of [await pageText(), (await explained(under)).text]) {
    expect(text).not.toContain(marker);
    expect(text).toContain('h3');
  }
  expect(under.logText()).not.toContain(marker);
  expect(under.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  expect((await publish(under, target, publication(3, ['n1', 'n2', 'n3']))).status).toBe(202);
  await until('it is shown', async () => (await pageText()).includes('n3'));
});

test('pages beside them are whole, and no more of them are slow than beside honest publications', async () => {
  const { hostile, whole } = await slowShares(under, all);
  expect(whole).toBe(true);
  // One in ten by definition of slow, were it all the same; a body that held the loop would make most of them slow.
  expect(hostile).toBeLessThan(1 / 3);
}, 120_000);

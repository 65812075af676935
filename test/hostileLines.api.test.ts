import { faultOf } from './hostileBodies/faultOf.ts';
import { target } from './hostileBodies/honestDocuments.ts';
import { hostileBodies } from './hostileBodies/hostileBodies.ts';
import { type HostileBody, marker } from './hostileBodies/hostileBody.ts';
import { roomyLayout } from './support/layouts.ts';
import { sendLines } from './support/lineCall.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, register } from './support/widgets.ts';

/** Those that can be a line: not packed, without a line break, and not blank, since blank lines say nothing. */
const lines = [...hostileBodies(20_261_127).values()]
  .flat()
  .filter(
    ({ reader, headers, bytes }) =>
      reader === 'publication' && Object.keys(headers).length === 0 && isLine(bytes),
  );

let redis: TestRedis;
let under: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url, layout: roomyLayout() });
  await register(
    under,
    manifest(target, { budget: { mode: { rate: 'shadow', errors: 'shadow', load: 'shadow' } } }),
  );
});
afterAll(async () => {
  await under.stop();
  await redis.end();
});

test('hostile lines are refused as they would be alone, and the honest ones between them are stored', async () => {
  expect(lines.length).toBeGreaterThan(200);
  const every = 40;
  let version = 0;
  const sent: (HostileBody | undefined)[] = lines.flatMap((body, n) =>
    n % every === 0 ? [undefined, body] : [body],
  );
  const text = sent.map((body) => {
    if (body !== undefined) return body.bytes;
    version += 1;
    return Buffer.from(JSON.stringify(publication(version, ['n1', `n-${version}`])));
  });
  const stream = Buffer.concat(text.flatMap((line) => [line, Buffer.from('\n')]));
  const results = await sendLines(under, stream, { path: `/v1/widgets/${target}/publications` });
  expect(results.map(({ line }) => line)).toEqual(sent.map((_, n) => n + 1));
  const faults = results.flatMap((result, n): object[] => {
    const body = sent[n];
    if (body === undefined) return 'receipt' in result ? [] : [{ honest: result }];
    const headers = { 'content-type': 'application/problem+json' };
    const said = 'problem' in result ? result.problem : result.receipt;
    const fault = faultOf(body, { status: result.status, headers, text: JSON.stringify(said) });
    return fault === undefined ? [] : [{ body: body.name, ...fault }];
  });
  expect(faults).toEqual([]);
  const page = async () => (await under.http.get('/v1/homepage')).text;
  await until('the last honest line is shown', async () => (await page()).includes(`n-${version}`));
  expect(await page()).not.toContain(marker);
  expect(under.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
}, 60_000);

function isLine(bytes: Buffer): boolean {
  return !bytes.includes('\n') && !bytes.includes('\r') && bytes.toString('latin1').trim() !== '';
}

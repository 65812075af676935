import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator, testKeys } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url, layout: roomyLayout() });
  // So many faults in so short a time would spend the errors budget.
  await register(under, manifest('packed', { budget: { mode: { rate: 'shadow', errors: 'shadow' } } }));
});
afterAll(async () => {
  await under.stop();
  await redis.end();
});

const json = (version: number) => JSON.stringify(publication(version, ['a', 'b']));

/** A publication whose body is sent as the caller likes. */
function open(encoding: string, more: http.OutgoingHttpHeaders = {}): http.ClientRequest {
  const { port } = under.mediator.server.address() as AddressInfo;
  return http.request({
    port,
    host: '127.0.0.1',
    agent: false,
    method: 'POST',
    path: '/v1/widgets/packed/publications',
    headers: {
      Authorization: `Bearer ${testKeys.alpha}`,
      'Content-Type': 'application/json',
      'Content-Encoding': encoding,
      ...more,
    },
  });
}

function answerTo(request: http.ClientRequest): Promise<{ status: number; code: string }> {
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          code: String(JSON.parse(text).type).replace(/^.*:/, ''),
        }),
      );
    });
  });
}

async function send(encoding: string, body: Buffer): Promise<{ status: number; code: string }> {
  const request = open(encoding);
  const answer = answerTo(request);
  request.end(body);
  return answer;
}

test.each([
  ['gzip', gzipSync, 1],
  ['deflate', deflateSync, 2],
  ['br', brotliCompressSync, 3],
] as const)('a publication may come as %s', async (encoding, pack, version) => {
  expect((await send(encoding, pack(json(version)))).status).toBe(202);
});

test.each([
  ['is cut off', gzipSync(json(9)).subarray(0, -6)],
  ['is empty', Buffer.alloc(0)],
  ['is not gzip', Buffer.from(json(9))],
  ['has a wrong checksum', Buffer.concat([gzipSync(json(9)).subarray(0, -8), Buffer.alloc(8)])],
])('gzip that %s is a 400', async (_what, body) => {
  const answer = await send('gzip', body);
  expect(answer.status).toBe(400);
  expect(['malformed-encoding', 'malformed-json']).toContain(answer.code);
});

test.each(['compress', 'gzip, gzip', 'GZIP2'])('the encoding %s is a 415', async (encoding) => {
  expect(await send(encoding, gzipSync(json(9)))).toEqual({ status: 415, code: 'encoding-unsupported' });
});

test('a bomb is a 413 as soon as it is larger than it may be, whatever would still come', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20));
  const request = open('gzip');
  const answer = answerTo(request);
  // Enough for some 2 MB; the rest is never sent.
  request.write(bomb.subarray(0, 2_000));
  expect(await answer).toEqual({ status: 413, code: 'body-too-large' });
  request.destroy();
});

test('one that says how long it is, and is longer once unpacked, is held to what it unpacks to', async () => {
  const padded = gzipSync(
    JSON.stringify({ ...publication(50, ['a', 'b']), padding: ' '.repeat(300 * 1024) }),
  );
  expect(await send('gzip', padded)).toEqual({ status: 413, code: 'body-too-large' });
});

test('who goes away in the middle of a packed body leaves no place taken', async () => {
  const gzip = gzipSync(json(60));
  for (let round = 0; round < 7; round += 1) {
    const left = Array.from({ length: 10 }, () => {
      const request = open('gzip', { 'Content-Length': 100_000, Expect: '100-continue' });
      request.on('error', () => {});
      const heard = new Promise((resolve) => request.once('continue', resolve));
      request.write(gzip.subarray(0, 20));
      return Object.assign(request, { heard });
    });
    await Promise.all(left.map(({ heard }) => heard));
    for (const request of left) request.destroy();
  }
  await until(
    'there is room',
    async () => (await publish(under, 'packed', publication(61, ['a', 'b']))).status === 202,
  );
});

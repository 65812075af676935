import http from 'node:http';
import net from 'node:net';
import { gunzipSync } from 'node:zlib';
import { until } from '../../support/until.ts';
import { guestManifest, publicationOf, register, unregister } from '../callHouse.ts';
import type { House } from '../house.ts';

/** A widget to publish lines to. */
const lined = 'published-in-lines';

/** What nginx does for the mediators, seen from outside. */
export function proxy(house: () => House): void {
  afterAll(async () => {
    expect((await unregister(house(), lined)).ok).toBe(true);
  });

  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(house().mediatorUrl + path, { headers });
  const operator = () => ({ authorization: `Bearer ${house().keys.operator}` });

  test('an anonymous page is kept as long as its Cache-Control says', async () => {
    const path = `/v1/homepage?device=tv&deadlineMs=${1_000 + (Date.now() % 1_000)}`;
    const first = await ask(path);
    const keptAt = Date.now();
    const [, maxAge] = /^public, max-age=(\d+)$/.exec(first.headers.get('cache-control') ?? '') ?? [];
    expect(first.headers.get('cache-status')).toBe('proxy; fwd=miss');
    const again = await ask(path);
    expect(again.headers.get('cache-status')).toBe('proxy; hit');
    expect(await again.text()).toBe(await first.text());
    await until(
      'it is made anew',
      async () => (await ask(path)).headers.get('cache-status') !== 'proxy; hit',
      20_000,
    );
    // nginx counts whole seconds.
    expect(Date.now() - keptAt).toBeGreaterThan((Number(maxAge) - 1) * 1_000);
    expect(Date.now() - keptAt).toBeLessThan((Number(maxAge) + 3) * 1_000);
  });

  test.each([
    ['many widgets', '/v1/publications', 404],
    ['one widget', `/v1/widgets/${lined}/publications?dryRun=true`, 422],
  ])(
    'lines that are published to %s are passed on as they come, and so are their results',
    async (_to, path, status) => {
      await register(house(), guestManifest(house(), lined));
      const { hostname, port } = new URL(house().mediatorUrl);
      const request = http.request({
        hostname,
        port,
        method: 'POST',
        path,
        headers: {
          authorization: `Bearer ${house().keys.publish.key}`,
          'content-type': 'application/x-ndjson',
        },
      });
      let results = '';
      const ended = new Promise<void>((resolve, reject) => {
        request.once('error', reject);
        request.once('response', (response) => {
          response.setEncoding('utf8').on('data', (text: string) => {
            results += text;
          });
          response.once('end', resolve);
        });
      });
      for (const line of [1, 2]) {
        request.write('{"widget":"nobody"}\n');
        await until(`the result of line ${line} has come`, () =>
          results.includes(`"line":${line},"status":${status}`),
        );
      }
      request.end();
      await ended;
    },
  );

  test.each(['/v1/Homepage', '/v1/homepage/', '/v1/Keys', '/v1/keys/', `/v1/widgets/${lined}/Publications`])(
    'what the rules by path would miss is not there: %s',
    async (path) => {
      const answer = await fetch(`${house().mediatorUrl}${path}`, {
        method: 'POST',
        headers: { ...operator(), 'content-type': 'application/json' },
        body: '{}',
      });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ type: 'urn:widget-mediator:problem:route-unknown' });
    },
  );

  test('lines that are published to one widget may be longer together than one publication', async () => {
    await register(house(), guestManifest(house(), lined));
    const line = JSON.stringify(publicationOf(1, 5)).replace('{', `{${' '.repeat(60_000)}`);
    const answer = await fetch(`${house().mediatorUrl}/v1/widgets/${lined}/publications?dryRun=true`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        authorization: `Bearer ${house().keys.publish.key}`,
      },
      body: `${line}\n`.repeat(20),
    });
    expect(answer.status).toBe(200);
    const results = (await answer.text()).trim().split('\n');
    expect(results.map((result) => (JSON.parse(result) as { status: number }).status)).toEqual(
      Array.from({ length: 20 }, () => 200),
    );
  });

  test('a page for somebody is never kept, nor given to somebody else', async () => {
    const path = '/v1/homepage?user=ada&device=tv';
    const ids = new Set<string>();
    for (let times = 0; times < 3; times += 1) {
      const answer = await ask(path, operator());
      expect(answer.headers.get('cache-status')).toBe('proxy; fwd=bypass');
      ids.add(((await answer.json()) as { pageId: string }).pageId);
    }
    expect(ids.size).toBe(3);
    expect((await ask(path)).status).toBe(401);
  });

  test('who shows a key is not given the page that was kept for everyone', async () => {
    const path = '/v1/homepage?device=phone&explain=true';
    expect((await ask(path)).status).toBe(401);
    expect(await (await ask(path, operator())).json()).toHaveProperty('trace');
    expect((await ask(path)).status).toBe(401);
  });

  test('answers are compressed for those who take it', async () => {
    const { headers, body } = await rawGet(house().mediatorUrl, {
      path: '/v1/homepage?device=web',
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(headers['content-encoding']).toBe('gzip');
    const whole = gunzipSync(body);
    expect(body.length).toBeLessThan(whole.length / 2);
    expect(JSON.parse(whole.toString())).toHaveProperty('placements');
  });

  test.each([
    '/metrics',
    '/metrics/',
    '/METRICS',
    '/%6detrics',
    '//metrics',
    '/x/../metrics',
    '/metrics?x=1',
    '/metrics\\#',
  ])('metrics are for those who operate the mediators: %s', async (path) => {
    // As it is written: a URL would be tidied up first.
    const { status, body } = await rawGet(house().mediatorUrl, { path });
    expect([status, body.includes('mediator_')]).toEqual([404, false]);
  });

  test.each(['/schemas/widget/v1.json', '/schemas/widget/v2.json', '/openapi.json', '/docs/'])(
    'what tells of the interface is let through: %s',
    async (path) => {
      expect((await ask(path)).status).toBe(200);
    },
  );

  test.each([
    '/admin/queues',
    '/admin/queues/../../v1/homepage',
    '/admin/queues/../../docs',
    '/v1/../admin/queues',
    '/v1/%2e%2e/admin/queues',
    '/v1/x%2f..%2f..%2fadmin%2fqueues',
    '/admin/queues/queue/maintenance%2f..%2f..%2f..%2f..%2fv1%2fx',
    '/ADMIN/queues',
    '//admin/queues',
    '/lines/v1/publications',
    '/lines/x',
  ])('nor are the queues, nor what is internal to the proxy: %s', async (path) => {
    const { status, headers, body } = await rawGet(house().mediatorUrl, { path, headers: operator() });
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json']);
    expect(JSON.parse(body.toString())).toMatchObject({ status: 404 });
  });

  test.each(['application/json', 'application/x-ndjsonfoo'])(
    'a body of %s beyond the limit is refused with a problem',
    async (type) => {
      const answer = await fetch(`${house().mediatorUrl}/v1/widgets/x/publications`, {
        method: 'POST',
        headers: { 'content-type': type, authorization: `Bearer ${house().keys.publish.key}` },
        body: 'x'.repeat(2 * 1024 * 1024),
      });
      expect([answer.status, await answer.json()]).toEqual([
        413,
        expect.objectContaining({ type: 'urn:widget-mediator:problem:body-too-large' }),
      ]);
    },
  );

  test('an address that asks far too often is told so', async () => {
    // One that the proxy keeps: a mediator on a busy machine would slow the flood down until it is none.
    const path = '/v1/homepage?device=tablet';
    expect((await ask(path)).status).toBe(200);
    const answers = await flood(house().mediatorUrl, path);
    const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect([statuses.length, new Set(statuses)]).toEqual([floods * inEachFlood, new Set(['200', '429'])]);
    const refused = answers.split(/(?=HTTP\/1\.1)/).filter((answer) => answer.includes(' 429 '));
    expect(refused.filter((answer) => !/\r\nRetry-After: 1\r\n/.test(answer))).toEqual([]);
    expect(refused.join('')).toContain('"title":"Too many requests","status":429');
  });
}

const floods = 20;
const inEachFlood = 200;

/**
 * Far more than a second's requests at once, without waiting for an answer to any (RFC 9112, 9.3.2: pipelining). Only the
 * last of each connection asks for more than the head.
 */
async function flood(origin: string, path: string): Promise<string> {
  const { hostname, port, host } = new URL(origin);
  const one = (method: string, connection: string) =>
    `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: ${connection}\r\n\r\n`;
  const requests = one('HEAD', 'keep-alive').repeat(inEachFlood - 1) + one('GET', 'close');
  const answered = Array.from({ length: floods }, async () => {
    const socket = net.connect({ host: hostname, port: Number(port) });
    socket.write(requests);
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return text;
  });
  return (await Promise.all(answered)).join('');
}

interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A GET whose path and answer are left as they are. */
function rawGet(origin: string, options: http.RequestOptions): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    http
      .get(origin, options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      })
      .on('error', reject);
  });
}

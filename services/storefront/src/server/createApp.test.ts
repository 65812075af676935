import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verdictCodes } from '@widget-mediator/contracts';
import { pino } from 'pino';
import { createApp } from './createApp.ts';
import { createMediator, type Mediator } from './mediator.ts';
import { loadViewers } from './viewers.ts';

const webRoot = mkdtempSync(join(tmpdir(), 'storefront-web-'));
mkdirSync(join(webRoot, 'assets'));
writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Marquee</title>');
writeFileSync(join(webRoot, 'assets', 'index-abc123.js'), 'export {};');

let upstream: Server;
let storefront: Server;
let mediator: Mediator;
let origin: string;
let asked: IncomingMessage[];
let answer: RequestListener;

beforeAll(async () => {
  upstream = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  const mediatorUrl = await listen(upstream);
  mediator = createMediator({ mediatorUrl, readKey: 'read-key', operatorKey: 'operator-key' });
  const log = pino({ level: 'silent' });
  storefront = createServer(createApp({ mediator, viewers: loadViewers(), webRoot, log }));
  origin = await listen(storefront);
});

beforeEach(() => {
  asked = [];
  answer = (_request, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'server-timing': 'total;dur=12',
      'x-inside': '1',
    });
    response.end('{"placements":[]}');
  };
});

afterAll(async () => {
  await mediator.close();
  await Promise.all([storefront, upstream].map(close));
  rmSync(webRoot, { recursive: true });
});

describe('the homepage', () => {
  test('is asked for with the viewer’s user and segments, and the read key', async () => {
    await fetch(`${origin}/api/homepage?persona=bela&device=phone&deadlineMs=80`);
    expect(asked[0]?.headers.authorization).toBe('Bearer read-key');
    expect(query(asked[0])).toEqual({
      user: 'bela',
      segments: 'night-owls,horror-fans',
      device: 'phone',
      locale: 'en',
      deadlineMs: '80',
    });
  });

  test('is for the persona’s own device unless the request says otherwise', async () => {
    await fetch(`${origin}/api/homepage?persona=grace`);
    expect(query(asked[0])).toMatchObject({ device: 'tv' });
  });

  test('passes body, status and timing on, and nothing else of the mediator', async () => {
    const response = await fetch(`${origin}/api/homepage?persona=ada`);
    expect(await response.json()).toEqual({ placements: [] });
    expect(response.status).toBe(200);
    expect(response.headers.get('server-timing')).toMatch(/^total;dur=12, roundtrip;dur=/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-inside')).toBeNull();
  });

  test('passes problems on as they are', async () => {
    answer = (_request, response) => {
      response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '2' });
      response.end('{"title":"busy"}');
    };
    const response = await fetch(`${origin}/api/homepage?persona=ada`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toEqual({ title: 'busy' });
  });

  test('needs no key for the anonymous visitor, and names no user', async () => {
    await fetch(`${origin}/api/homepage?persona=anonymous`);
    expect(asked[0]?.headers.authorization).toBeUndefined();
    expect(query(asked[0])).toEqual({ device: 'web', locale: 'en' });
  });

  test('is explained with the operator’s key', async () => {
    await fetch(`${origin}/api/homepage?persona=anonymous&explain=true`);
    expect(asked[0]?.headers.authorization).toBe('Bearer operator-key');
    expect(query(asked[0])).toMatchObject({ explain: 'true' });
  });

  test('is a 502 problem when the mediator breaks off', async () => {
    answer = (request) => request.socket.destroy();
    const response = await fetch(`${origin}/api/homepage?persona=ada`);
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      type: 'urn:widget-mediator:problem:mediator-unreachable',
      status: 502,
    });
  });

  test('is given up when the browser hangs up', async () => {
    let dropped: Promise<unknown> | undefined;
    const called = new Promise<void>((resolve) => {
      answer = (request) => {
        dropped = once(request.socket, 'close');
        resolve();
      };
    });
    const controller = new AbortController();
    const gone = fetch(`${origin}/api/homepage?persona=ada`, { signal: controller.signal });
    await called;
    controller.abort();
    await expect(gone).rejects.toThrow();
    await dropped;
  });

  test.each([
    'persona=nobody',
    'persona=ada&device=fridge',
    'persona=ada&deadlineMs=1',
    '',
    'persona=ada&user=x',
  ])('is refused for ?%s without asking the mediator', async (bad) => {
    const response = await fetch(`${origin}/api/homepage?${bad}`);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [expect.anything()] });
    expect(asked).toEqual([]);
  });
});

describe('what else it serves', () => {
  test('the viewers, without their histories, and anonymous among them', async () => {
    const { personas } = (await read('/api/personas')) as { personas: { id: string }[] };
    expect(personas.map(({ id }) => id)).toEqual(expect.arrayContaining(['ada', 'anonymous']));
    expect(Object.keys(personas[0] ?? {}).sort()).toEqual([
      'description',
      'device',
      'id',
      'name',
      'segments',
    ]);
  });

  test('the meaning of every verdict', async () => {
    const { verdicts } = (await read('/api/verdicts')) as { verdicts: object };
    expect(Object.keys(verdicts)).toEqual(verdictCodes);
  });

  test('its health', async () => {
    expect(await read('/healthz')).toEqual({ status: 'ok' });
  });

  test('hashed assets for a year, the page itself only after asking again', async () => {
    const asset = await fetch(`${origin}/assets/index-abc123.js`);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const page = await fetch(origin);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(await page.text()).toContain('Marquee');
  });

  test('a strict policy on everything', async () => {
    for (const path of ['/', '/api/personas', '/nowhere']) {
      const { headers } = await fetch(origin + path);
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self'",
      );
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  test.each(['/nowhere', '/api/nowhere', '/%E0%A4%A', '/assets/..%2f..%2fpackage.json'])(
    'a problem for %s',
    async (path) => {
      const response = await fetch(origin + path);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json',
      ]);
    },
  );
});

async function read(path: string): Promise<unknown> {
  return (await fetch(origin + path)).json();
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function query(request: IncomingMessage | undefined): Record<string, string> {
  return Object.fromEntries(new URL(request?.url ?? '/', 'http://upstream').searchParams);
}

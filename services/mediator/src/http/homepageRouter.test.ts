import http from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { PageLine } from '@widget-mediator/contracts';
import express from 'express';
import { pino } from 'pino';
import { ClientGone } from '../delivery/clientGone.ts';
import type { Homepage } from '../homepage/composeHomepage.ts';
import type { PageCall } from '../homepage/openPage.ts';
import { errorHandler } from './errorHandler.ts';
import { homepageRouter } from './homepageRouter.ts';
import { createKeyring } from './keyring.ts';
import { openPageStream } from './pageStream.ts';

const head = '{"type":"head","pageId":"1","layoutVersion":"v"}\n';

let server: http.Server;
let unfinished: string[];
let errors: string[];
let open: number;

async function listen(handler: http.RequestListener): Promise<number> {
  server = http.createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
afterEach(
  () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
);

function serve(compose: (call: PageCall) => Promise<Homepage>): Promise<number> {
  unfinished = [];
  errors = [];
  open = 0;
  const log = pino({ level: 'error' }, { write: (line) => errors.push(line) });
  const app = express();
  app.use(
    homepageRouter({
      keyring: createKeyring(() => undefined),
      compose,
      afterPage: () => {},
      load: { enterPage: () => () => {} },
      lastPages: { keep: () => {}, find: () => undefined },
      onShed: () => {},
      metrics: {
        opened() {
          open += 1;
          return () => {
            open -= 1;
          };
        },
        unfinished: (outcome, form) => unfinished.push(`${form} ${outcome}`),
      },
      log,
    }),
    errorHandler(log),
  );
  return listen(app);
}

const ask = (port: number) =>
  fetch(`http://127.0.0.1:${port}/v1/homepage`, { headers: { accept: 'application/x-ndjson' } });

test('a fault of ours after the head ends the page with an error line, which the log names', async () => {
  const port = await serve(async ({ emit }) => {
    emit?.(Buffer.from(head));
    throw new Error('ours');
  });
  const answer = await ask(port);
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split('\n').slice(0, -1);
  const [first, last] = lines.map((line) => PageLine.parse(JSON.parse(line)));
  expect(lines).toHaveLength(2);
  expect(first?.type).toBe('head');
  expect(last).toMatchObject({
    type: 'error',
    problem: { type: 'urn:widget-mediator:problem:internal-error', status: 500 },
  });
  const instance = last?.type === 'error' ? last.problem.instance : '';
  expect(errors.join()).toContain(instance);
  expect([unfinished, open]).toEqual([['stream failed'], 0]);
});

test('a fault of ours before the head is a problem as ever', async () => {
  const port = await serve(() => Promise.reject(new Error('ours')));
  const answer = await ask(port);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([500, 'application/problem+json']);
  expect([unfinished, open]).toEqual([['stream failed'], 0]);
});

test('a page whose client is gone is counted, and not logged', async () => {
  const port = await serve(() => Promise.reject(new ClientGone()));
  const call = http.get({ port, host: '127.0.0.1', path: '/v1/homepage' }).on('error', () => {});
  while (unfinished.length === 0) await new Promise((resolve) => setImmediate(resolve));
  call.destroy();
  expect(unfinished).toEqual(['json gone']);
  expect([errors, open]).toEqual([[], 0]);
});

test('a client that takes nothing of what it asked for is let go of', async () => {
  const closed = new Promise<void>((resolve) => {
    void listen((_request, response) => {
      response.once('close', resolve);
      const stream = openPageStream(response, { stalledAfterMs: 50 });
      for (let line = 0; line < 64; line++) stream.emit(Buffer.alloc(1_024 * 1_024, ' '));
    }).then((port) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      socket.pause();
    });
  });
  await closed;
});

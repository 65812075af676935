import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { newCancellation } from '../delivery/source.ts';
import { defaultBreakerOptions } from '../delivery/withBreaker.ts';
import type { RankerQuestion } from './httpRanker.ts';
import { createRankers, type Rankers } from './rankers.ts';

let rankers: Rankers;
let server: http.Server;
let endpoint: string;
let asked: number;
let answer: (response: http.ServerResponse) => void;

const fails = (response: http.ServerResponse) => response.writeHead(500).end();
const ranks = (response: http.ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"scores":{"w":1,"other":2}}');

const question = (): RankerQuestion => ({
  request: {
    device: 'web',
    locale: 'en',
    segments: [],
    personal: false,
    widgets: ['w', 'v'].map((widget) => ({ widget, team: 't', provenance: 'fresh', items: [] })),
  },
  remainingMs: 1_000,
  cancellation: newCancellation(),
});
const outcome = async (latencyMs = 1_000): Promise<string> => {
  const said = await rankers.of({ endpoint, latencyMs })(question());
  return said.status === 'entered' ? 'answered' : said.code;
};

beforeEach(async () => {
  asked = 0;
  answer = ranks;
  server = http.createServer((_request, response) => {
    asked += 1;
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rank`;
  rankers = createRankers(() => true);
});
afterEach(async () => {
  jest.useRealTimers();
  await rankers.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('scores of widgets that it was not asked about are left out', async () => {
  expect(await rankers.of({ endpoint, latencyMs: 1_000 })(question())).toEqual({
    status: 'entered',
    ranking: { w: 1 },
  });
});

test('the breaker opens, lets one call through after a while, and closes when that is answered', async () => {
  // Clocks of the network stay as they are.
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
  answer = fails;
  for (let n = 0; n < defaultBreakerOptions.consecutiveFailures; n += 1) {
    expect(await outcome()).toBe('error-status');
  }
  expect(await outcome()).toBe('breaker-open');
  const before = asked;
  jest.advanceTimersByTime(defaultBreakerOptions.resetAfterMs);
  expect(await Promise.all([outcome(), outcome()])).toEqual(['error-status', 'breaker-open']);
  expect(asked).toBe(before + 1);
  answer = ranks;
  expect(await outcome()).toBe('breaker-open');
  jest.advanceTimersByTime(defaultBreakerOptions.resetAfterMs);
  expect(await outcome()).toBe('answered');
  expect(await outcome()).toBe('answered');
});

test('more calls at once than it has connections are refused, not queued', async () => {
  answer = () => {};
  const hanging = Array.from({ length: 64 }, () => outcome(2_000));
  expect(await outcome(2_000)).toBe('too-busy');
  await rankers.close();
  expect(new Set(await Promise.all(hanging))).toEqual(new Set(['unreachable']));
});

test('a host that is not on the allow-list is not called', async () => {
  const strict = createRankers((url) => url !== endpoint);
  expect(await strict.of({ endpoint, latencyMs: 1_000 })(question())).toEqual({
    status: 'absent',
    code: 'endpoint-not-allowed',
  });
  expect(asked).toBe(0);
  await strict.close();
});

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { BulkResult } from '@widget-mediator/contracts';
import type { MediatorUnderTest } from './mediatorUnderTest.ts';

/** A stream of lines as it is sent and answered. */
export interface LineCall {
  readonly request: http.ClientRequest;
  readonly status: Promise<number>;
  /** The results so far. */
  results(): BulkResult[];
  /** All of them, once the answer has ended. */
  readonly ended: Promise<BulkResult[]>;
  /** Stops taking results, until it is called again. */
  pause(): void;
  resume(): void;
}

export interface LineCallOptions {
  readonly path?: string;
  readonly key?: string;
  readonly headers?: http.OutgoingHttpHeaders;
}

export function openLines(under: MediatorUnderTest, options: LineCallOptions = {}): LineCall {
  const { port } = under.mediator.server.address() as AddressInfo;
  const request = http.request({
    port,
    host: '127.0.0.1',
    agent: false,
    method: 'POST',
    path: options.path ?? '/v1/publications',
    headers: {
      Authorization: `Bearer ${options.key ?? under.keys.alpha}`,
      'Content-Type': 'application/x-ndjson',
      ...options.headers,
    },
  });
  let text = '';
  let paused = false;
  let answer: http.IncomingMessage | undefined;
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  const results = () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => BulkResult.parse(JSON.parse(line)));
  const ended = answered.then(
    (response) =>
      new Promise<BulkResult[]>((resolve, reject) => {
        answer = response;
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        if (paused) response.pause();
        response.once('error', reject);
        response.once('end', () => resolve(response.statusCode === 200 ? results() : []));
      }),
  );
  const status = answered.then(({ statusCode }) => statusCode ?? 0);
  // A test that leaves does not look at what it left.
  for (const promise of [ended, status]) promise.catch(() => {});
  return {
    request,
    status,
    results,
    ended,
    pause() {
      paused = true;
      answer?.pause();
    },
    resume() {
      paused = false;
      answer?.resume();
    },
  };
}

/** Sends all of it at once and waits for all results. */
export function sendLines(
  under: MediatorUnderTest,
  body: string | Buffer,
  options?: LineCallOptions,
): Promise<BulkResult[]> {
  const call = openLines(under, options);
  call.request.end(body);
  return call.ended;
}

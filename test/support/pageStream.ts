import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Page, PageLine } from '@widget-mediator/contracts';
import type { MediatorUnderTest } from './mediatorUnderTest.ts';

/** A call over a connection of its own, as it goes on. */
export interface OpenCall {
  readonly status: Promise<number>;
  /** What has come so far. */
  text(): string;
  lines(): PageLine[];
  /** Resolves with the trailers when all has come, rejects when the connection breaks. */
  readonly ended: Promise<NodeJS.Dict<string>>;
  readonly headers: Promise<http.IncomingHttpHeaders>;
  /** Goes away, without a word. */
  leave(): void;
}

export interface CallOptions {
  readonly path?: string;
  readonly accept?: string;
  readonly key?: string;
  /** Sent by POST. */
  readonly body?: unknown;
  readonly headers?: http.OutgoingHttpHeaders;
}

/** Asks for a page, and hands over what comes as it comes. */
export function openCall({ mediator }: MediatorUnderTest, options: CallOptions = {}): OpenCall {
  const { port } = mediator.server.address() as AddressInfo;
  return openCallTo(port, options);
}

export function openCallTo(port: number, options: CallOptions = {}): OpenCall {
  const { path = '/v1/homepage', accept = 'application/x-ndjson', key, body } = options;
  let text = '';
  const call = http.request({
    port,
    host: '127.0.0.1',
    path,
    agent: false,
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept,
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
  });
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    call.once('response', resolve);
    call.once('error', reject);
  });
  const ended = answered.then(
    (response) =>
      new Promise<NodeJS.Dict<string>>((resolve, reject) => {
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('error', reject);
        response.once('end', () => resolve(response.trailers));
      }),
  );
  const status = answered.then(({ statusCode }) => statusCode ?? 0);
  const headers = answered.then((response) => response.headers);
  // A test that leaves does not look at what it left.
  for (const promise of [ended, status, headers]) promise.catch(() => {});
  call.end(body === undefined ? undefined : JSON.stringify(body));
  return {
    status,
    headers,
    ended,
    text: () => text,
    lines: () =>
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => PageLine.parse(JSON.parse(line))),
    leave: () => call.destroy(),
  };
}

/** The page that its lines are, put together. */
export function joined(lines: readonly PageLine[]): Page {
  const [head, ...rest] = lines;
  const tail = rest.pop();
  if (head?.type !== 'head' || tail?.type !== 'tail') throw new Error('the page is not whole');
  const { type: _head, ...opening } = head;
  const { type: _tail, timingsMs: _timings, ...closing } = tail;
  const placements = rest.map((line) => {
    if (line.type !== 'placement') throw new Error(`a line of type ${line.type} among placements`);
    const { type: _type, ...placement } = line;
    return placement;
  });
  return Page.parse({ ...opening, placements, ...closing });
}

/** A page without what names this one page. */
export const withoutNames = ({ pageId: _id, placements, ...page }: Page) => ({
  ...page,
  placements: placements.map(({ widget: { token: _token, ...widget }, ...placement }) => ({
    ...placement,
    widget,
  })),
});

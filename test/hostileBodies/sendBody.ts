import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type MediatorUnderTest, testKeys } from '../support/mediatorUnderTest.ts';
import { target } from './honestDocuments.ts';
import type { HostileBody, Reader } from './hostileBody.ts';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** What is sent, and how: a hostile body, or an honest one in the same clothes. */
export type Sent = Pick<HostileBody, 'reader' | 'bytes' | 'headers' | 'chunked'>;

const routes: Readonly<Record<Reader, { method: string; path: string; key: string }>> = {
  publication: { method: 'POST', path: `/v1/widgets/${target}/publications`, key: testKeys.alpha },
  manifest: { method: 'PUT', path: `/v1/widgets/${target}`, key: testKeys.alpha },
  homepage: { method: 'POST', path: '/v1/homepage', key: testKeys.operator },
};

/** Sends it on a connection of its own, as a client that has nothing to lose would. */
export function sendBody(
  under: MediatorUnderTest,
  { reader, bytes, headers, chunked }: Sent,
): Promise<Answer> {
  const { method, path, key } = routes[reader];
  const { port } = under.mediator.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const length = chunked ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': String(bytes.length) };
    const all = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...length, ...headers };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const request = http.request({ host: '127.0.0.1', port, agent: false, method, path, headers: sent });
    let answered = false;
    request.once('response', (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => {
        request.destroy();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    // Whoever refuses a body unread may close before all of it was written.
    request.on('error', (error) => {
      if (!answered) reject(error);
    });
    request.end(bytes);
  });
}

import net from 'node:net';
import type { Mediator } from '@widget-mediator/mediator';
import { until } from './until.ts';

/** A request as a stranger may send it: its head, and of its body only what is sent later, if anything. */
export interface RawRequest {
  /** What has been answered so far. */
  answer(): string;
  /** The status, once there is one. */
  status(): Promise<number>;
  send(bytes: string): void;
  end(): void;
}

/** Opens a connection of its own and sends these lines as the head of a request. */
export function rawRequest(mediator: Mediator, lines: readonly string[]): RawRequest {
  const address = mediator.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mediator does not listen');
  const socket = net.connect(address.port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString();
  });
  // A mediator that lets go of the connection has said what it had to say.
  socket.on('error', () => {});
  socket.write([...lines, 'Host: mediator', '', ''].join('\r\n'));
  return {
    answer: () => received,
    async status() {
      await until('there is an answer', () => received.includes('\r\n\r\n'));
      return Number(/^HTTP\/1.1 (\d{3})/.exec(received)?.[1]);
    },
    send: (bytes) => void socket.write(bytes),
    end: () => void socket.destroy(),
  };
}

import type { AddressInfo } from 'node:net';
import net from 'node:net';

/** A way to a Redis on which nothing is ever heard of what others publish: subscribing works, announcements are lost. */
export interface DeafRedis {
  readonly url: string;
  /** How many announcements were lost. */
  lost(): number;
  close(): Promise<void>;
}

export async function startDeafRedis(target: string): Promise<DeafRedis> {
  const { hostname, port, protocol } = new URL(target);
  const sockets = new Set<net.Socket>();
  let lost = 0;
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname);
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => {
      // As RESP writes it: an array, or with RESP3 a push, that begins with the word.
      if (/^[*>]3\r\n\$7\r\nmessage\r\n/.test(chunk.toString('latin1'))) lost += 1;
      else near.write(chunk);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `${protocol}//127.0.0.1:${own}`,
    lost: () => lost,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

import type { AddressInfo } from 'node:net';
import net from 'node:net';

/** A way to a server that can freeze: connections stay open, and nothing gets through any more. */
export interface Freezer {
  readonly url: string;
  freeze(): void;
  /** Breaks what was frozen, and lets through what comes after. */
  thaw(): void;
  close(): Promise<void>;
}

export async function startFreezer(target: string): Promise<Freezer> {
  const { hostname, port, protocol } = new URL(target);
  const sockets = new Set<net.Socket>();
  let isFrozen = false;
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (!isFrozen) to.write(chunk);
      });
      from.on('error', () => {});
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `${protocol}//127.0.0.1:${own}`,
    freeze() {
      isFrozen = true;
    },
    thaw() {
      isFrozen = false;
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

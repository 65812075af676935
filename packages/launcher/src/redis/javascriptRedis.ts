import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { createRedisServer } from 'js-redis-server';

/*
 * A Redis in JavaScript, for machines without one: memory only, in a process of its own because it would block ours.
 * It listens on 127.0.0.1 at PORT and goes when its parent does.
 */

// Its small replies otherwise wait for Nagle's algorithm: about 40 ms each. The package gives no access to its sockets.
subscribe('net.server.socket', (accepted: unknown) => {
  if (typeof accepted !== 'object' || accepted === null || !('socket' in accepted)) return;
  const { socket } = accepted;
  if (socket instanceof Socket) socket.setNoDelay(true);
});

await createRedisServer({ port: Number(process.env['PORT']) });
// It has nothing to save, and closing would wait for its clients.
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));

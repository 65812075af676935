import { setImmediate as nextTurn } from 'node:timers/promises';
import { createLog } from '@widget-mediator/mediator';
import { connectForCommands } from '../services/mediator/src/store/connectRedis.ts';
import { startTestRedis } from './support/redis.ts';
import { until } from './support/until.ts';

test('commands of one turn leave in one piece, in their order, on every connection that is made', async () => {
  const server = await startTestRedis();
  const redis = connectForCommands(server.url, 5_000, createLog('silent', 'connection'));
  async function sendThree(): Promise<void> {
    await nextTurn();
    const { stream } = redis;
    const before = stream.bytesWritten + stream.writableLength;
    const replies = Promise.all([
      redis.set('key', 'first'),
      redis.get('key'),
      redis.set('key', Buffer.alloc(100_000, 'x')),
    ]);
    // All three wait, none is with the operating system.
    expect(stream.writableCorked).toBe(1);
    expect(stream.writableLength).toBeGreaterThan(100_000);
    await nextTurn();
    expect([stream.writableCorked, stream.writableLength]).toEqual([0, 0]);
    expect(stream.bytesWritten - before).toBeGreaterThan(100_000);
    expect(await replies).toEqual(['OK', 'first', 'OK']);
  }
  try {
    for (const connection of [1, 2]) {
      await until(`connection ${connection} is ready`, () => redis.status === 'ready');
      await sendThree();
      await server.stop();
      await until('it is lost', () => redis.status !== 'ready');
      await server.startAgain();
    }
  } finally {
    redis.disconnect();
    await server.end();
  }
}, 60_000);

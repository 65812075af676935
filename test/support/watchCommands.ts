import { once } from 'node:events';
import net from 'node:net';
import readline from 'node:readline';

/** What a Redis was asked for since `watchCommands` was answered, a list of words for each command. */
export interface WatchedCommands {
  readonly commands: readonly string[][];
  close(): void;
}

/**
 * Watches every command of a Redis, by MONITOR. Not by ioredis's own `monitor()`: 6.0.0 fails when the first command comes in
 * one packet with the answer, as it enters its mode a turn later.
 */
export async function watchCommands(url: string): Promise<WatchedCommands> {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  await once(socket, 'connect');
  const commands: string[][] = [];
  const answered = new Promise<void>((resolve, reject) => {
    readline.createInterface({ input: socket }).on('line', (line) => {
      if (line === '+OK') resolve();
      // A status line: time, database and caller, then each word in quotes.
      else if (line.startsWith('+'))
        commands.push([...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((word) => `${word[1]}`));
      else reject(new Error(`Redis does not let its commands be watched: ${line}`));
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('Redis let go of who watched its commands')));
  });
  socket.write('MONITOR\r\n');
  await answered;
  return { commands, close: () => void socket.destroy() };
}

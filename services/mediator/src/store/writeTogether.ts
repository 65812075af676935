import type { Writable } from 'node:stream';

/**
 * What is written in one turn of the event loop goes out in one piece: a system call for each command costs more than the
 * command. None waits for longer than until everything else that has come in was looked at.
 */
export function writeTogether(stream: Writable): void {
  const { write } = stream;
  stream.write = ((...args: Parameters<typeof write>) => {
    if (stream.writableCorked === 0) {
      stream.cork();
      setImmediate(() => stream.uncork());
    }
    return Reflect.apply(write, stream, args);
  }) as typeof write;
}

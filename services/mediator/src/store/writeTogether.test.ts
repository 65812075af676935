import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { writeTogether } from './writeTogether.ts';

function stream() {
  const pieces: string[][] = [];
  const text = (chunk: Buffer) => chunk.toString();
  const writable = new Writable({
    write(chunk: Buffer, _encoding, done) {
      pieces.push([text(chunk)]);
      done();
    },
    writev(chunks, done) {
      pieces.push(chunks.map(({ chunk }) => text(chunk)));
      done();
    },
  });
  writeTogether(writable);
  return { writable, pieces };
}

test('what is written in one turn goes out in one piece and in its order, and what is written later in the next', async () => {
  const { writable, pieces } = stream();
  for (const command of ['a', 'b', 'c']) writable.write(command);
  expect(pieces).toEqual([]);
  await nextTurn();
  expect(pieces).toEqual([['a', 'b', 'c']]);
  writable.write('d');
  await nextTurn();
  expect(pieces).toEqual([['a', 'b', 'c'], ['d']]);
});

test('the end of the stream waits for no turn, and nothing is lost by it', () => {
  const { writable, pieces } = stream();
  writable.write('a');
  writable.end('b');
  expect(pieces.flat()).toEqual(['a', 'b']);
});

test('a stream that was destroyed meanwhile is left alone', async () => {
  const { writable, pieces } = stream();
  writable.write('a');
  writable.destroy();
  await nextTurn();
  expect(pieces).toEqual([]);
});

import type { Ending } from './spawnProcess.ts';
import { type Supervisable, supervise } from './supervise.ts';

/** A process that ends when told to. */
function fakeProcess(): Supervisable & { end(how: string): void } {
  let settle = (_ending: Ending): void => {};
  const exited = new Promise<Ending>((resolve) => {
    settle = resolve;
  });
  const end = (how: string) => settle({ how, lastLines: ['last words'] });
  return { pid: 1, exited, end, stop: async () => end('by SIGTERM') };
}

describe('supervise', () => {
  it('reports an ending with the last lines and starts it again', async () => {
    const [first, second] = [fakeProcess(), fakeProcess()];
    const toStart = [first, second];
    const reports: string[] = [];
    const supervised = await supervise({
      name: 'mediator',
      start: async () => toStart.shift() ?? fakeProcess(),
      maxRestarts: 1,
      withoutIt: 'Over.',
      report: (sentence) => reports.push(sentence),
    });
    first.end('with code 3');
    while (supervised.current() !== second) await new Promise(setImmediate);
    expect(reports[0]).toBe(
      'mediator ended with code 3. Its last lines:\n  last words\nStarting mediator again (1 of 1).',
    );
    second.end('by SIGKILL');
    expect(await supervised.lost).toBe('mediator ended by SIGKILL. Over.');
  });

  it('does not take a stop for an ending', async () => {
    const reports: string[] = [];
    const supervised = await supervise({
      name: 'mediator',
      start: async () => fakeProcess(),
      maxRestarts: 3,
      withoutIt: 'Over.',
      report: (sentence) => reports.push(sentence),
    });
    await supervised.stop();
    expect(reports).toEqual([]);
  });

  it('gives a start up that is under way when it is stopped', async () => {
    const first = fakeProcess();
    let starts = 0;
    const supervised = await supervise({
      name: 'mediator',
      start: (signal) => {
        starts += 1;
        if (starts === 1) return Promise.resolve(first);
        return new Promise<Supervisable>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('given up')));
        });
      },
      maxRestarts: 3,
      withoutIt: 'Over.',
      report: () => {},
    });
    first.end('with code 1');
    while (starts < 2) await new Promise(setImmediate);
    await supervised.stop();
    expect(starts).toBe(2);
  });
});

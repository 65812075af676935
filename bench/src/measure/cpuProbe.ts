/*
 * Loaded with `--import` into every server under measurement, so that the server itself needs no code for it: the
 * bench asks the very process what CPU it has used and what memory it holds, and can have it profiled.
 */
import { writeFile } from 'node:fs/promises';
import type { Session } from 'node:inspector/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerQuestions } from '../processes/answerQuestions.ts';
import { type WatchedPages, watchPages } from './watchPages.ts';

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

const sweepMs = 500;

const cpuUs = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

let session: Session | undefined;
let stopWatching: (() => WatchedPages) | undefined;

answerQuestions({
  /** User and system time of all its threads so far, in microseconds. */
  cpuUs,
  /** What the whole process holds, in bytes. */
  rss: () => process.memoryUsage.rss(),
  /** What its heap holds once all garbage is collected, in bytes. */
  heapUsed: () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  },
  /** The same with what it holds outside: where buffers are, which are let go of a moment after their garbage is found. */
  held: async () => {
    collectGarbage();
    await delay(sweepMs);
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
  watchPages: (path) => {
    stopWatching = watchPages(String(path), cpuUs);
  },
  watchedPages: () => stopWatching?.(),
  async startProfile() {
    const inspector = await import('node:inspector/promises');
    session = new inspector.Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
  },
  async stopProfile(file) {
    if (session === undefined || typeof file !== 'string') throw new Error('no profile was started');
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    await writeFile(file, JSON.stringify(profile));
  },
});

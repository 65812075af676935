/*
 * A thread that says when the next request is due. Timers of the event loop are a millisecond coarse, which is more than
 * a page takes; a thread can sleep for microseconds, and no server waits for it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { nowMs } from './nowMs.ts';
import { dueAtMs, type Schedule } from './schedule.ts';

const schedule = workerData as Schedule;
const neverNotified = new Int32Array(new SharedArrayBuffer(4));

for (let index = 0; index < schedule.total; index += 1) {
  const remainingMs = dueAtMs(schedule, index) - nowMs();
  if (remainingMs > 0) Atomics.wait(neverNotified, 0, 0, remainingMs);
  parentPort?.postMessage(index);
}

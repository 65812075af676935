import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { percentile } from '../measure/percentile.ts';
import type { Client } from './createClient.ts';
import type { Load, LoadOutcome } from './load.ts';
import { nowMs } from './nowMs.ts';
import { createSchedule, dueAtMs, type Schedule } from './schedule.ts';

/** For the pacing thread to start. */
const headStartMs = 150;
const faultsKept = 3;

/**
 * Asks at a constant rate, whether or not the server keeps up, and measures each answer from when its request was
 * **due**. Measured from when it was sent, requests that a slow answer delayed would look fast: that is coordinated
 * omission (Gil Tene, wrk2).
 */
export async function runOpenLoop(client: Client, load: Load): Promise<LoadOutcome> {
  const schedule = createSchedule(nowMs() + headStartMs, load.requestsPerSecond, load.seconds);
  const latenciesUs: number[] = [];
  const lagsUs: number[] = [];
  const faults: string[] = [];
  let answersWithText = 0;
  let lastAtMs = schedule.startAtMs;

  const ask = async (index: number): Promise<void> => {
    const dueMs = dueAtMs(schedule, index);
    lagsUs.push((nowMs() - dueMs) * 1_000);
    const { atMs, fault, found } = await client.ask(nowMs);
    if (found) answersWithText += 1;
    latenciesUs.push(Math.round((atMs - dueMs) * 1_000));
    lastAtMs = atMs;
    if (fault !== undefined && faults.length < faultsKept) faults.push(fault);
  };
  await eachWhenDue(schedule, ask);

  const tookMs = Math.max(schedule.total * schedule.periodMs, lastAtMs - schedule.startAtMs);
  return {
    due: schedule.total,
    latenciesUs,
    found: answersWithText,
    achievedPerSecond: (latenciesUs.length / tookMs) * 1_000,
    lagP50Us: percentile(lagsUs, 0.5),
    lagP99Us: percentile(lagsUs, 0.99),
    faults,
  };
}

/** Calls `ask` for every request when it is due, and waits for the last answer. */
async function eachWhenDue(schedule: Schedule, ask: (index: number) => Promise<void>): Promise<void> {
  const pacer = new Worker(join(import.meta.dirname, 'pacer.js'), { workerData: schedule });
  const asked: Promise<void>[] = [];
  await new Promise<void>((resolve, reject) => {
    pacer.on('message', (index: number) => asked.push(ask(index)));
    pacer.once('error', reject);
    pacer.once('exit', () => resolve());
  });
  await Promise.all(asked);
}

import { setTimeout as delay } from 'node:timers/promises';
import { StartFailure } from '../startFailure.ts';
import type { Ending, RunningProcess } from './spawnProcess.ts';
import { withLastLines } from './withLastLines.ts';

export interface ReadyOptions {
  /** Whether it is ready now; asked again and again until it is. */
  readonly ask: (signal: AbortSignal) => Promise<boolean>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

const ASK_EVERY_MS = 50;

/**
 * Waits until a started process is ready. When it ends first, or takes too long, or `signal` aborts, it is stopped and
 * the promise rejects: with a StartFailure that carries its last lines, or with the signal's reason.
 */
export async function untilReady(running: RunningProcess, options: ReadyOptions): Promise<void> {
  const settled = new AbortController();
  const signals = [settled.signal, AbortSignal.timeout(options.timeoutMs)];
  const signal = AbortSignal.any(options.signal === undefined ? signals : [...signals, options.signal]);
  const outcome = await Promise.race([askUntilTrue(options.ask, signal), running.exited]);
  settled.abort();
  if (outcome === 'ready') return;
  await running.stop();
  options.signal?.throwIfAborted();
  if (outcome !== 'gave up') throw endedWhileStarting(running.name, outcome);
  const { lastLines } = await running.exited;
  const seconds = Math.round(options.timeoutMs / 1000);
  throw new StartFailure(withLastLines(`${running.name} was not ready after ${seconds} s.`, lastLines));
}

async function askUntilTrue(ask: ReadyOptions['ask'], signal: AbortSignal): Promise<'ready' | 'gave up'> {
  try {
    while (!signal.aborted) {
      if (await ask(signal)) return 'ready';
      await delay(ASK_EVERY_MS, undefined, { signal });
    }
    return 'gave up';
  } catch (error) {
    if (signal.aborted) return 'gave up';
    throw error;
  }
}

function endedWhileStarting(name: string, { how, lastLines }: Ending): StartFailure {
  return new StartFailure(withLastLines(`${name} ended ${how} while starting.`, lastLines));
}

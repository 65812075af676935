import { answersOk } from './answersOk.ts';
import { type RunningProcess, type SpawnOptions, spawnProcess } from './spawnProcess.ts';
import { untilReady } from './untilReady.ts';

export interface StartOptions extends SpawnOptions {
  /** Ready means: a GET of this URL answers 2xx. Without it, ready means spawned. */
  readonly healthUrl?: string | undefined;
  /** Default 30 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Gives up the start. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts a process and waits until it is healthy. Rejects with a StartFailure, its last lines in the message, when it
 * ends or is too slow; nothing is left running then.
 */
export async function startProcess(options: StartOptions): Promise<RunningProcess> {
  const running = await spawnProcess(options);
  const { healthUrl, startTimeoutMs = 30_000, signal } = options;
  if (healthUrl === undefined) return running;
  await untilReady(running, {
    ask: (settled) => answersOk(healthUrl, settled),
    timeoutMs: startTimeoutMs,
    signal,
  });
  return running;
}

import { setTimeout as delay } from 'node:timers/promises';
import { errorMessage } from '../errorFacts.ts';
import type { Ending, RunningProcess } from './spawnProcess.ts';
import { withLastLines } from './withLastLines.ts';

/** What is watched over; a Redis is one too. */
export type Supervisable = Pick<RunningProcess, 'pid' | 'exited' | 'stop'>;

export interface SuperviseOptions<Running extends Supervisable> {
  readonly name: string;
  readonly start: (signal: AbortSignal) => Promise<Running>;
  /** How often it is started again after it ended by itself. One that ran for a minute has its count reset. */
  readonly maxRestarts: number;
  /** What to say when it is given up. */
  readonly withoutIt: string;
  readonly report: (sentence: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface Supervised<Running extends Supervisable> {
  /** The one that runs, or ran last. */
  readonly current: () => Running;
  /** Resolves with a sentence once it is gone for good without having been asked to stop. */
  readonly lost: Promise<string>;
  readonly stop: () => Promise<void>;
}

const STEADY_AFTER_MS = 60_000;
const FIRST_BACKOFF_MS = 250;
const LAST_LINES = 5;

/** Starts something and reports when it ends by itself, with its last lines; starts it again a few times. */
export async function supervise<Running extends Supervisable>(
  options: SuperviseOptions<Running>,
): Promise<Supervised<Running>> {
  const stopping = new AbortController();
  const signal =
    options.signal === undefined ? stopping.signal : AbortSignal.any([stopping.signal, options.signal]);
  let current = await options.start(signal);
  let declareLost = (_sentence: string): void => {};
  const lost = new Promise<string>((resolve) => {
    declareLost = resolve;
  });

  const watch = async (): Promise<void> => {
    for (let restarts = 0; ; restarts += 1) {
      const startedAt = performance.now();
      const ending = await current.exited;
      if (stopping.signal.aborted) return;
      if (performance.now() - startedAt > STEADY_AFTER_MS) restarts = 0;
      const next = await startAgain(ending, restarts);
      if (next === undefined) return;
      current = next;
      if (stopping.signal.aborted) return next.stop();
    }
  };

  const startAgain = async (ending: Ending, restarts: number): Promise<Running | undefined> => {
    const { name, maxRestarts, withoutIt, report } = options;
    // They were printed when they were said, unless we are quiet: a few are enough.
    const ended = withLastLines(`${name} ended ${ending.how}.`, ending.lastLines.slice(-LAST_LINES));
    if (restarts >= maxRestarts) {
      report(`${ended}\n${withoutIt}`);
      declareLost(`${name} ended ${ending.how}. ${withoutIt}`);
      return undefined;
    }
    report(`${ended}\nStarting ${name} again (${restarts + 1} of ${maxRestarts}).`);
    try {
      await delay(FIRST_BACKOFF_MS * 2 ** restarts, undefined, { signal });
      const next = await options.start(signal);
      report(`${name} is back.`);
      return next;
    } catch (error) {
      if (!signal.aborted) declareLost(errorMessage(error));
      return undefined;
    }
  };

  const watching = watch();
  return {
    current: () => current,
    lost,
    async stop() {
      stopping.abort();
      await current.stop();
      await watching;
    },
  };
}

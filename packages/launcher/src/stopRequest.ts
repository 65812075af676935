import { killWatched } from './process/watchProcess.ts';

/** The wish of whoever started us to have everything stopped. */
export interface StopRequest {
  readonly signal: AbortSignal;
  readonly requested: Promise<undefined>;
  /** Signals have their usual effect again. */
  close(): void;
}

/** npm and pnpm pass a Ctrl-C on that the terminal has sent us already: only a later one means "at once". */
const SAME_WISH_MS = 500;
const FORCED_EXIT_CODE = 130;

/** Listens for Ctrl-C, SIGTERM and a closed terminal. A second Ctrl-C kills all children and exits. */
export function createStopRequest(): StopRequest {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let askedAt: number | undefined;
  let resolveRequested = (_value: undefined): void => {};
  const requested = new Promise<undefined>((resolve) => {
    resolveRequested = resolve;
  });
  const ask = (signal: NodeJS.Signals): void => {
    if (askedAt === undefined) {
      askedAt = performance.now();
      controller.abort();
      resolveRequested(undefined);
    } else if (signal === 'SIGINT' && performance.now() - askedAt > SAME_WISH_MS) {
      killWatched();
      process.exit(FORCED_EXIT_CODE);
    }
  };
  for (const signal of signals) process.on(signal, ask);
  return {
    signal: controller.signal,
    requested,
    close() {
      for (const signal of signals) process.off(signal, ask);
    },
  };
}

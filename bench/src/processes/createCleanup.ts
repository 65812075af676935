/** What is to be stopped at the end, the last started first. */
export interface Cleanup {
  /** Once everything was stopped, what is added is stopped at once. */
  readonly add: (stop: () => Promise<unknown>) => void;
  /** May be called again; one that cannot be stopped does not keep the others running. */
  readonly run: () => Promise<void>;
}

export function createCleanup(): Cleanup {
  const stops: (() => Promise<unknown>)[] = [];
  let running: Promise<void> | undefined;

  const stopAll = async (): Promise<void> => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop().catch(() => {});
  };
  return {
    add(stop) {
      if (running === undefined) stops.push(stop);
      else running = running.then(() => stop().then(undefined, () => {})).then(() => {});
    },
    run() {
      running ??= stopAll();
      return running;
    },
  };
}

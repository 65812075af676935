/** Connection options for BullMQ that stop reconnecting once they are told to. */
export interface JobConnection {
  readonly options: {
    readonly url: string;
    readonly connectTimeout: number;
    readonly retryStrategy: (attempt: number) => number | null;
  };
  /** From now on a lost connection stays lost. */
  giveUp(): void;
}

/** BullMQ waits for the end of its connections, which never comes while they reconnect (taskforcesh/bullmq#4656). */
export function createJobConnection(url: string): JobConnection {
  let givenUp = false;
  return {
    options: {
      url,
      connectTimeout: 2_000,
      retryStrategy: (attempt) => (givenUp ? null : Math.min(50 * 2 ** Math.min(attempt, 5), 1_000)),
    },
    giveUp() {
      givenUp = true;
    },
  };
}

const closeWithinMs = 2_000;

/** Waits for a close, but not for one that never ends: what is left holds nothing that keeps the process alive. */
export async function closeInTime(closing: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, closeWithinMs);
  });
  await Promise.race([closing.catch(() => {}), late]);
  clearTimeout(timer);
}

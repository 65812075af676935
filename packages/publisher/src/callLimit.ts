/** Ends a call when its time is over or its caller does not want it any more. */
export type CallLimit = {
  readonly signal: AbortSignal;
  /** Gives it so much time from now on. */
  readonly allow: (ms: number) => void;
  /** Lets go of the timer and of the caller's signal. */
  readonly end: () => void;
};

export function createCallLimit(given: AbortSignal | undefined): CallLimit {
  const controller = new AbortController();
  const onAbort = () => controller.abort(given?.reason);
  let timer: NodeJS.Timeout | undefined;
  given?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    allow(ms) {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(new Error(`no answer in ${ms} ms`)), ms);
    },
    end() {
      clearTimeout(timer);
      given?.removeEventListener('abort', onAbort);
    },
  };
}

/** Milliseconds on the clock that all threads of this process share; `performance.now()` starts anew in each. */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

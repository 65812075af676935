/** Lets a source that has recovered back in little by little. */
export interface RecoveryRamp {
  /** Begins; all calls pass before the first beginning, and after the end. */
  begin(): void;
  isOn(): boolean;
  /** Whether the next call may pass: evenly spread, so that the share of those that do grows from a tenth to all. */
  admits(): boolean;
}

const firstShare = 0.1;

/** @param now milliseconds, monotonic */
export function createRecoveryRamp(lastsMs: number, now: () => number): RecoveryRamp {
  let begunAt = Number.NEGATIVE_INFINITY;
  let credit = 0;
  const isOn = () => now() - begunAt < lastsMs;
  return {
    begin() {
      begunAt = now();
      credit = 1 - firstShare;
    },
    isOn,
    admits() {
      if (!isOn()) return true;
      credit += firstShare + (1 - firstShare) * ((now() - begunAt) / lastsMs);
      if (credit < 1) return false;
      credit -= 1;
      return true;
    },
  };
}

export type Versions = {
  /** Above every version given before, and above `above`. */
  readonly next: (above?: number) => number;
};

/** Versions that grow across restarts without being stored: the time in milliseconds, or one more where it stands still. */
export function createVersions(now: () => number): Versions {
  let last = 0;
  return {
    next: (above = 0) => {
      last = Math.max(now(), last + 1, above + 1);
      return last;
    },
  };
}

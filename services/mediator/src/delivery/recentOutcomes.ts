/** How many calls are looked back upon. */
const length = 20;

/** The outcomes of the last calls, however long ago: what a window of time does not see of a source that is rarely asked. */
export interface RecentOutcomes {
  /** Takes one in. Returns whether failures prevail: of the last twenty, or in a row. */
  failed(): boolean;
  succeeded(): void;
  /** How many of the last were failures, without a success in between. */
  run(): number;
}

/**
 * @param runLength failures in a row that suffice by themselves, whatever came before
 * @param errorShare the share of failures that a source may have; half-way from there to all is too much to be chance
 */
export function createRecentOutcomes(runLength: number, errorShare: number): RecentOutcomes {
  const failures = new Uint8Array(length);
  const prevailing = Math.ceil((length * (1 + errorShare)) / 2);
  let next = 0;
  let total = 0;
  let run = 0;

  function note(failure: 0 | 1): void {
    total += failure - (failures[next] ?? 0);
    failures[next] = failure;
    next = (next + 1) % length;
    run = failure === 0 ? 0 : run + 1;
  }

  return {
    failed() {
      note(1);
      return run >= runLength || total >= prevailing;
    },
    succeeded: () => note(0),
    run: () => run,
  };
}

/** What must never be. */
export type FaultKind =
  | 'lost'
  | 'phantom'
  | 'torn'
  | 'rolled back'
  | 'unexpected answer'
  | 'left over'
  | 'standstill';

export interface Fault {
  readonly kind: FaultKind;
  readonly atMs: number;
  /** Where it was seen, and what was seen instead of what. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What happened in a run: counts, strikes, and every fault with its evidence. */
export interface Ledger {
  readonly counts: Record<
    'acknowledged' | 'refused' | 'brokenOff' | 'abandoned' | 'lateOnes' | 'pages' | 'versionsSeen',
    number
  >;
  readonly faults: readonly Fault[];
  readonly strikes: readonly string[];
  /** The slowest answer of a mediator that lived, in milliseconds. */
  slowestAnswerMs: number;
  fault(kind: FaultKind, evidence: Fault['evidence']): void;
  strike(victims: readonly string[]): void;
  /** Since the run began. */
  nowMs(): number;
}

/** Faults of one kind that are kept: the first ones say it all. */
const keptOfKind = 20;

export function createLedger(): Ledger {
  const startedAt = performance.now();
  const faults: Fault[] = [];
  const strikes: string[] = [];
  const nowMs = () => Math.round(performance.now() - startedAt);
  return {
    counts: {
      acknowledged: 0,
      refused: 0,
      brokenOff: 0,
      abandoned: 0,
      lateOnes: 0,
      pages: 0,
      versionsSeen: 0,
    },
    faults,
    strikes,
    slowestAnswerMs: 0,
    fault(kind, evidence) {
      const known = faults.filter((fault) => fault.kind === kind).length;
      if (known < keptOfKind) faults.push({ kind, atMs: nowMs(), evidence });
    },
    strike(victims) {
      strikes.push(`${nowMs()} ms: ${victims.join(' + ')}`);
    },
    nowMs,
  };
}

import type { Logger } from 'pino';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import type { FailedJobs } from './failedJobs.ts';
import type { DeleteLeftBehind } from './leftBehind.ts';
import type { Sweep } from './sweep.ts';

/** How things stand, once in a while: one line in the log, and gauges. */
export interface Report {
  readonly registrations: number;
  /** Publications that were over and that no job had removed. */
  readonly swept: number;
  /** Removed widgets of which something was left, and is deleted now. */
  readonly leftBehind: number;
  /** Failed jobs that are tried again now. */
  readonly redriven: number;
  /** Failed jobs that are not. */
  readonly parked: number;
  readonly waiting: number;
  readonly delayed: number;
}

/** Tries failed jobs again, removes what is over and was missed, deletes what removed widgets left, and reports. */
export type Upkeep = () => Promise<Report>;

export interface UpkeepParts {
  readonly failed: FailedJobs;
  readonly sweep: Sweep;
  readonly deleteLeftBehind: DeleteLeftBehind;
  readonly registrations: RegistrationStore;
  readonly onReport: (report: Report) => void;
  readonly log: Logger;
}

export function createUpkeep({
  failed,
  sweep,
  deleteLeftBehind,
  registrations,
  onReport,
  log,
}: UpkeepParts): Upkeep {
  return async () => {
    const redriven = await failed.redrive();
    const swept = await sweep();
    const leftBehind = await deleteLeftBehind();
    const { failed: parked, waiting, delayed } = await failed.list(1);
    const { size } = await registrations.readAll();
    const report = { registrations: size, swept, leftBehind, redriven, parked, waiting, delayed };
    onReport(report);
    log.info(report, 'report');
    return report;
  };
}

import { spreadOf } from './spread.ts';

/** What the control server showed in one round: constant work under a constant rate. */
export interface ControlReading {
  readonly cpuPerPageUs: number;
  readonly p99Ms: number;
}

/** How far off its own median the control may be, either way, before a round says more of the machine than of us. */
export const tolerance = { cpuPerPageUs: 1.25, p99Ms: 3 } as const;

/** By round, whether the machine was as it mostly was. Judged anew with every round, since the median moves. */
export function undisturbed(readings: readonly ControlReading[]): readonly boolean[] {
  const cpu = spreadOf(readings.map(({ cpuPerPageUs }) => cpuPerPageUs)).median;
  const p99 = spreadOf(readings.map(({ p99Ms }) => p99Ms)).median;
  return readings.map(
    (reading) =>
      isWithin(reading.cpuPerPageUs / cpu, tolerance.cpuPerPageUs) &&
      isWithin(reading.p99Ms / p99, tolerance.p99Ms),
  );
}

const isWithin = (ratio: number, factor: number): boolean => ratio <= factor && ratio >= 1 / factor;

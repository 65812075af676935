/** When each request of an open loop is due: evenly, whatever became of those before. */
export interface Schedule {
  readonly startAtMs: number;
  readonly periodMs: number;
  readonly total: number;
}

export function createSchedule(startAtMs: number, requestsPerSecond: number, seconds: number): Schedule {
  const total = Math.max(1, Math.round(requestsPerSecond * seconds));
  return { startAtMs, periodMs: 1_000 / requestsPerSecond, total };
}

/** When request number `index`, from 0, is due, in ms. */
export const dueAtMs = ({ startAtMs, periodMs }: Schedule, index: number): number =>
  startAtMs + index * periodMs;

import { setTimeout as delay } from 'node:timers/promises';

/** Latencies of requests that were sent at a constant pace, in ms. */
export interface Measured {
  readonly latenciesMs: readonly number[];
}

/** Sends a request every `everyMs`, for `ms`, whatever the others take, and waits for all of them. */
export async function measure(
  request: () => Promise<void>,
  { ms, everyMs }: { readonly ms: number; readonly everyMs: number },
): Promise<Measured> {
  const latenciesMs: number[] = [];
  const pending: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let due = startedAt; due < startedAt + ms; due += everyMs) {
    await delay(Math.max(0, due - performance.now()));
    const sentAt = performance.now();
    pending.push(request().then(() => void latenciesMs.push(performance.now() - sentAt)));
  }
  await Promise.all(pending);
  return { latenciesMs };
}

/** The value that a share of all are at most. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

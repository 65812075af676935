import { setTimeout as delay } from 'node:timers/promises';
import { BenchFailure } from '../benchFailure.ts';

const usuallyWithinMs = 20_000;
const everyMs = 50;

/** Waits until something holds; an error counts as not yet. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  withinMs = usuallyWithinMs,
): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > giveUpAt)
      throw new BenchFailure(`Waited ${withinMs / 1000} s in vain until ${what}.`);
    await delay(everyMs);
  }
}

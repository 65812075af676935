import { performance } from 'node:perf_hooks';
import { percentile } from '../measure/percentile.ts';
import type { ControlReading } from '../measure/undisturbed.ts';
import type { Contestant } from './contestants.ts';

/** So much at a time is worth looking at the CPU clock, which is slow and counts whole microseconds. */
const batchUs = 4_000;

/**
 * Mean microseconds of CPU a page, of as many pages as there is time for; at least one. CPU, because a process that has to
 * wait for a core takes longer and not more; what its garbage costs is in it.
 */
export function timePages({ begin }: Pick<Contestant, 'begin'>, milliseconds: number): number {
  let pages = 0;
  let spentUs = 0;
  let batch = 1;
  const endsAt = performance.now() + milliseconds;
  do {
    const makers = Array.from({ length: batch }, begin);
    const before = process.cpuUsage();
    for (const make of makers) make();
    const { user, system } = process.cpuUsage(before);
    pages += batch;
    spentUs += user + system;
    batch = Math.max(1, Math.min(2 * batch, Math.round((batchUs * pages) / Math.max(1, spentUs))));
  } while (performance.now() < endsAt || spentUs === 0);
  return spentUs / pages;
}

/** CPU a page of one batch, and how many the next one should have. */
export function timeBatch(
  make: () => unknown,
  pages: number,
): { readonly perPageUs: number; readonly next: number } {
  const before = process.cpuUsage();
  for (let page = 0; page < pages; page++) make();
  const { user, system } = process.cpuUsage(before);
  const spentUs = Math.max(1, user + system);
  const next = Math.max(1, Math.min(2 * pages, Math.round((batchUs * pages) / spentUs)));
  return { perPageUs: (user + system) / pages, next };
}

const controlPieces = 20;

/**
 * Times work that is always the same: arithmetic over 64 KB, about a tenth of a millisecond a piece. By the clock on the
 * wall, so that waiting for a core shows.
 */
export function timeControl(numbers: Float64Array): readonly number[] {
  return Array.from({ length: controlPieces }, () => timePiece(numbers));
}

/** A function of its own: what is made anew each time is compiled anew after each collection of garbage. */
function timePiece(numbers: Float64Array): number {
  const from = performance.now();
  for (let pass = 0; pass < 8; pass++) {
    for (let index = 0; index < numbers.length; index++) {
      numbers[index] = (numbers[index] ?? 0) * 0.5 + ((index * pass) & 255);
    }
  }
  return performance.now() - from;
}

/** What the control's pieces of one round say of it, with a piece in the place of a page. */
export function readingOf(piecesMs: readonly number[]): ControlReading {
  const sumMs = piecesMs.reduce((sum, piece) => sum + piece, 0);
  return { cpuPerPageUs: (1_000 * sumMs) / piecesMs.length, p99Ms: percentile(piecesMs, 0.99) };
}

import type { Reader } from '../reader.ts';
import { type Contest, createOrder } from '../score.ts';

/** An absent candidate, and what it would be worth were the page empty, before any placement's weight. */
export interface Contender {
  readonly candidate: number;
  readonly worth: number;
}

/** How many are considered at a time. */
const mostContenders = 24;

/** The foremost candidates that are not on a page, best first. Claims of the reader are lost. */
export function contendersFor(contest: Contest, reader: Reader, chosen: readonly number[]): Contender[] {
  const { candidates } = contest.input;
  const worths = new Float64Array(candidates.length);
  const isAhead = createOrder(contest, worths);
  const foremost: number[] = [];
  reader.clear();
  for (let candidate = 0; candidate < candidates.length; candidate++) {
    const own = candidates[candidate];
    if (own === undefined || contest.codes[candidate] !== undefined || chosen.includes(candidate)) continue;
    const count = reader.claims.read(candidate, own.maxItems, reader.places);
    if (count < own.minItems) continue;
    worths[candidate] = contest.values.worthOf(candidate, reader.places, count);
    insert(foremost, candidate, isAhead);
  }
  return foremost.map((candidate) => ({ candidate, worth: worths[candidate] ?? 0 }));
}

/** Puts a candidate where it belongs among the foremost, if it belongs there. */
function insert(foremost: number[], candidate: number, isAhead: (a: number, b: number) => boolean): void {
  let at = foremost.length;
  while (at > 0 && isAhead(candidate, foremost[at - 1] ?? -1)) at--;
  if (at === mostContenders) return;
  foremost.splice(at, 0, candidate);
  if (foremost.length > mostContenders) foremost.pop();
}

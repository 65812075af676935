/** By rank in the source's list, from 0: how many items were examined there, and how many of those were wanted. */
export interface RankCounts {
  readonly examined: readonly number[];
  readonly wanted: readonly number[];
}

/** What came of one source's lists, by the viewers' segment; `''` holds those of viewers in none. */
export interface SourceFeedback {
  readonly segments: Readonly<Record<string, RankCounts>>;
}

/** What viewers made of what they were shown, by widget: counts of a snapshot, of which `id` names the events. */
export interface Feedback {
  readonly id: string;
  readonly sources: Readonly<Record<string, SourceFeedback>>;
}

/** Counts are kept apart for so many ranks; items further down a list count as the last. */
export const ranksCounted = 40;

/** Counts as numbers to work with: finite, not negative, nothing wanted that was not examined. */
export interface Counts {
  readonly examined: Float64Array;
  readonly wanted: Float64Array;
}

/** By widget and segment. */
export type CountsBySource = ReadonlyMap<string, ReadonlyMap<string, Counts>>;

/** The counts in a snapshot. It is data from outside: what is no count is taken for none. Never throws. */
export function countsOf(feedback: Feedback | undefined): CountsBySource {
  return mapOf(feedback?.sources, (source) => mapOf(source?.segments, readCounts));
}

function mapOf<In, Out>(
  record: Readonly<Record<string, In>> | undefined,
  read: (value: In) => Out | undefined,
): Map<string, Out> {
  const map = new Map<string, Out>();
  for (const [name, value] of Object.entries(record ?? {})) {
    const out = read(value);
    if (out !== undefined) map.set(name, out);
  }
  return map;
}

/** Undefined when nothing was examined. */
function readCounts(counts: RankCounts | undefined): Counts | undefined {
  const examined = new Float64Array(ranksCounted);
  const wanted = new Float64Array(ranksCounted);
  for (let rank = 0; rank < ranksCounted; rank++) {
    examined[rank] = countAt(counts?.examined, rank);
    wanted[rank] = Math.min(countAt(counts?.wanted, rank), examined[rank] ?? 0);
  }
  return examined.some((count) => count > 0) ? { examined, wanted } : undefined;
}

/** More than anybody counts. */
const mostCounted = 2 ** 40;

function countAt(counts: unknown, rank: number): number {
  const count: unknown = Array.isArray(counts) ? counts[rank] : undefined;
  return typeof count === 'number' && Number.isFinite(count) && count > 0 ? Math.min(count, mostCounted) : 0;
}

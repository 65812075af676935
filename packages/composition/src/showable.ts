import type { Candidate } from './candidate.ts';
import type { Claims } from './claims.ts';

/** Indexes into a candidate's items, ascending: the first `length` entries of `places`. */
export interface Places {
  readonly places: Int32Array;
  readonly length: number;
}

/**
 * Reads what a candidate, by index too, could show now beside what the page displays, up to a limit: its items in its
 * order without those that others' display keeps from it and, if it yields, without those that have the same
 * key as an earlier one of its own. Each reading is overwritten by the next.
 */
export type ReadShowable = (candidate: Candidate, index: number, limit: number) => Places;

/** A reader over what is claimed on one page; more may be claimed between readings. */
export function createReader({ keys, byBlockers, byYielders }: Claims): ReadShowable {
  const { item, parent, creator, starts } = keys;
  const lastSeen = new Int32Array(keys.size);
  const reading = { places: new Int32Array(keys.longest), length: 0 };
  let readings = 0;
  return ({ dedupe: { key: kind, yields, blocks } }, index, limit) => {
    const own = keys[kind];
    const { places } = reading;
    const start = starts[index] ?? 0;
    const end = starts[index + 1] ?? start;
    let length = 0;
    readings++;
    for (let row = start; row < end && length < limit; row++) {
      const key = own[row] ?? 0;
      if (yields && (byBlockers[key] === 1 || lastSeen[key] === readings)) continue;
      if (blocks && byYielders[item[row] ?? 0] === 1) continue;
      if (blocks && (byYielders[parent[row] ?? 0] === 1 || byYielders[creator[row] ?? 0] === 1)) continue;
      lastSeen[key] = readings;
      places[length++] = row - start;
    }
    reading.length = length;
    return reading;
  };
}

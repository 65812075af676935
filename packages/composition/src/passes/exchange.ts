import { displayOrder } from '../draft.ts';
import { limitOf } from '../limitOf.ts';
import { firstOf } from '../places.ts';
import type { Reader } from '../reader.ts';
import type { Contest } from '../score.ts';
import { factorOf } from '../weights.ts';

/** A chosen widget that takes part in the exchange of items. */
export interface Member {
  readonly placement: number;
  readonly candidate: number;
  readonly factor: number;
  readonly minItems: number;
  readonly limit: number;
  /** By slot: the place in the candidate's list, what it is worth there, and the number of the contested item or -1. */
  readonly places: readonly number[];
  readonly values: readonly number[];
  readonly contested: readonly number[];
}

/** The items that several of the chosen widgets hold, and who has each now, by number; -1 for nobody. */
export interface Exchange {
  readonly members: readonly Member[];
  readonly owners: number[];
}

/** By key number; what is left of other pages does no harm, because each entry names the call it is of. */
let calls = new Int32Array(0);
let firsts = new Int32Array(0);
let numbers = new Int32Array(0);
let call = 0;

function startCall(bound: number): number {
  if (calls.length < bound || call === 0x7fffffff) {
    calls = new Int32Array(2 * bound);
    firsts = new Int32Array(2 * bound);
    numbers = new Int32Array(2 * bound);
    call = 0;
  }
  return ++call;
}

/**
 * Who takes part, and what they can exchange: the chosen widgets that both yield and block under the item key, and the
 * items that several of them could display beside what the others on the page do. Nobody has any yet.
 */
export function createExchange(contest: Contest, reader: Reader, chosen: readonly number[]): Exchange {
  const { input, keys } = contest;
  const takesPart = displayOrder(contest, chosen).filter((placement) => {
    const dedupe = input.candidates[chosen[placement] ?? -1]?.dedupe;
    return dedupe?.key === 'item' && dedupe.yields && dedupe.blocks;
  });
  const usable = takesPart.map((placement) => usablePlaces(contest, reader, chosen[placement] ?? -1));
  const now = startCall(keys.bound);
  let count = 0;
  for (const [member, placement] of takesPart.entries()) {
    const item = keys.of[chosen[placement] ?? -1]?.item;
    for (const place of usable[member] ?? []) {
      const key = item?.[place] ?? 0;
      if (calls[key] !== now) {
        calls[key] = now;
        firsts[key] = member;
        numbers[key] = -1;
      } else if (numbers[key] === -1 && firsts[key] !== member) numbers[key] = count++;
    }
  }
  const members = takesPart.map((placement, member): Member => {
    const candidate = chosen[placement] ?? -1;
    const start = keys.starts[candidate] ?? 0;
    const worths = contest.values.of(candidate);
    const item = keys.of[candidate]?.item;
    const limit = limitOf(contest, candidate, placement);
    const places: number[] = [];
    const values: number[] = [];
    const contested: number[] = [];
    let privates = 0;
    for (const place of usable[member] ?? []) {
      // Nobody can take the first `limit` private items away, so what stands below them is never displayed.
      if (privates === limit) break;
      const number = numbers[item?.[place] ?? 0] ?? -1;
      if (number === -1) privates++;
      places.push(place);
      values.push(worths[start + place] ?? 0);
      contested.push(number);
    }
    return {
      placement,
      candidate,
      factor: factorOf(contest, { candidate, placement, chosen }),
      minItems: input.candidates[candidate]?.minItems ?? 1,
      limit,
      places,
      values,
      contested,
    };
  });
  return { members, owners: Array.from({ length: count }, () => -1) };
}

/** What a candidate could display beside what is claimed, were it alone with that. */
function usablePlaces({ input }: Contest, { claims, places }: Reader, candidate: number): number[] {
  const length = claims.read(candidate, input.candidates[candidate]?.items.length ?? 0, places);
  return firstOf(places, length);
}

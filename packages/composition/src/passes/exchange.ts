import { columnDiscounts } from '../discount.ts';
import { displayOrder, limitOf } from '../draft.ts';
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
  readonly places: Int32Array;
  readonly values: Float64Array;
  readonly contested: Int32Array;
}

/** The items that several of the chosen widgets hold, and who has each now, by number; -1 for nobody. */
export interface Exchange {
  readonly members: readonly Member[];
  readonly owners: Int32Array;
  /** By contested item: the members that hold it. */
  readonly holders: readonly (readonly number[])[];
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
export function createExchange(contest: Contest, reader: Reader, chosen: Int32Array): Exchange {
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
  const holders: number[][] = Array.from({ length: count }, () => []);
  const members = takesPart.map((placement, member): Member => {
    const candidate = chosen[placement] ?? -1;
    const start = keys.starts[candidate] ?? 0;
    const item = keys.of[candidate]?.item;
    const limit = limitOf(contest, candidate, placement);
    const places: number[] = [];
    const contested: number[] = [];
    let privates = 0;
    for (const place of usable[member] ?? []) {
      // Nobody can take the first `limit` private items away, so what stands below them is never displayed.
      if (privates === limit) break;
      const number = numbers[item?.[place] ?? 0] ?? -1;
      if (number === -1) privates++;
      else holders[number]?.push(member);
      places.push(place);
      contested.push(number);
    }
    return {
      placement,
      candidate,
      factor: factorOf(contest, { candidate, placement, chosen }),
      minItems: input.candidates[candidate]?.minItems ?? 1,
      limit,
      places: Int32Array.from(places),
      values: Float64Array.from(places, (place) => contest.values[start + place] ?? 0),
      contested: Int32Array.from(contested),
    };
  });
  return { members, owners: new Int32Array(count).fill(-1), holders };
}

/** What a candidate could display beside what is claimed, were it alone with that. */
function usablePlaces({ input }: Contest, { claims, places }: Reader, candidate: number): Int32Array {
  const length = claims.read(candidate, input.candidates[candidate]?.items.length ?? 0, places);
  return places.slice(0, length);
}

/** No contested item. */
export const none = -2;

/**
 * What a member displays is worth, were it given one contested item more, or had it one less. `bonus` is what each of
 * its first `minItems` items counts beyond its worth, so that no widget is left too small for another's gain.
 */
export function valueWith(
  { members, owners }: Exchange,
  { member, bonus }: { readonly member: number; readonly bonus: number },
  { added, removed }: { readonly added: number; readonly removed: number },
): number {
  const one = members[member];
  if (one === undefined) return 0;
  const { contested, values, limit } = one;
  let worth = 0;
  let count = 0;
  for (let slot = 0; slot < contested.length && count < limit; slot++) {
    const item = contested[slot] ?? none;
    if (item !== -1 && item !== added && (owners[item] !== member || item === removed)) continue;
    worth += (values[slot] ?? 0) * (columnDiscounts[count] ?? 0);
    count++;
  }
  return one.factor * worth + bonus * Math.min(count, one.minItems);
}

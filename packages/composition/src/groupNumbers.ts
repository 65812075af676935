import type { Candidate, CandidateItem } from './candidate.ts';

/** What items are grouped by in caps. */
export type GroupKind = 'brand' | 'creator';

type Items = readonly CandidateItem[];

/** By candidate and place, the number of the item's group, or -1 for none; all are below `bound`. */
export interface GroupNumbers {
  readonly of: readonly Int32Array[];
  readonly bound: number;
}

/**
 * Numbers of the groups met so far, and of whole lists. Lists are immutable and most live for many pages, so a page need
 * not hash their strings again. Who holds a memory uses no other, so that a new one can begin at any time.
 */
interface GroupMemory {
  readonly numbers: Map<string, number>;
  readonly lists: WeakMap<Items, Int32Array>;
}

const createMemory = (): GroupMemory => ({ numbers: new Map(), lists: new WeakMap() });

/** Counts are kept by number, so this also bounds what one page clears: 80 KB a cap. */
const maxGroupsRemembered = 20_000;

const memories = { brand: createMemory(), creator: createMemory() };

/** Numbers the groups of all candidates' items. Numbers of one call only go together with each other. */
export function groupNumbersOf(candidates: readonly Candidate[], kind: GroupKind): GroupNumbers {
  if (memories[kind].numbers.size > maxGroupsRemembered) memories[kind] = createMemory();
  const memory = memories[kind];
  const of = candidates.map(({ items }) => numbersOf(memory, kind, items));
  return { of, bound: memory.numbers.size };
}

function numbersOf({ numbers, lists }: GroupMemory, kind: GroupKind, items: Items): Int32Array {
  const known = lists.get(items);
  if (known !== undefined) return known;
  const made = Int32Array.from(items, (item) => {
    const group = item[kind];
    if (group === undefined) return -1;
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
  lists.set(items, made);
  return made;
}

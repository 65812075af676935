import type { CandidateItem } from './candidate.ts';

/** The kinds of dedupe key. */
export type KeyKind = 'item' | 'parent' | 'creator';

type Items = readonly CandidateItem[];

/** The keys of one candidate's items as numbers, by place, one array a kind. `repeats` is of its own kind. */
export interface CandidateKeys {
  readonly item: Int32Array;
  readonly parent: Int32Array;
  readonly creator: Int32Array;
  /** Those of the kind that the candidate is compared by. */
  readonly own: Int32Array;
  readonly repeats: boolean;
}

/** Numbers by what items have of each kind: their id, or that of their parent or creator. */
type NumbersOfType = Readonly<Record<KeyKind, Map<string, number>>>;

/**
 * Numbers of the keys met so far, by type of item, and of whole lists. Lists are immutable and most live for many pages, so a page need
 * not hash their strings again. All of it may be forgotten between pages: numbers only tell the keys of one page
 * apart, so what is remembered cannot be seen in a result.
 */
interface KeyMemory {
  readonly types: Map<string, NumbersOfType>;
  /** How many keys have numbers. */
  count: number;
  readonly lists: Readonly<Record<KeyKind, WeakMap<Items, CandidateKeys>>>;
}

const createMemory = (): KeyMemory => ({
  types: new Map(),
  count: 0,
  lists: { item: new WeakMap(), parent: new WeakMap(), creator: new WeakMap() },
});

/** About 30 MB. */
const maxKeysRemembered = 200_000;

let memory = createMemory();

/** Makes room; to be called between pages only, because numbers from before and after do not go together. */
export function forgetOldKeys(): void {
  if (memory.count > maxKeysRemembered) memory = createMemory();
}

/**
 * The numbers of a list's keys of one kind, as though there were no other: all columns are the same. They are below
 * {@link keysRemembered}.
 */
export function keyNumbersOf(items: Items, kind: KeyKind): CandidateKeys {
  const known = memory.lists[kind].get(items);
  if (known) return known;
  const numbers = new Int32Array(items.length);
  for (let place = 0; place < items.length; place++) {
    const item = items[place];
    if (item !== undefined) numbers[place] = numberOf(item, kind);
  }
  const repeats = hasRepeats(numbers);
  const numbered = { item: numbers, parent: numbers, creator: numbers, own: numbers, repeats };
  memory.lists[kind].set(items, numbered);
  return numbered;
}

/** By key number: the list it was last met in; every list has a stamp of its own. */
let metIn = new Int32Array(0);
let lists = 0;

function hasRepeats(numbers: Int32Array): boolean {
  if (metIn.length < memory.count || lists === 0x7fffffff) {
    metIn = new Int32Array(2 * memory.count);
    lists = 0;
  }
  lists++;
  let repeats = false;
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place] ?? 0;
    if (metIn[number] === lists) repeats = true;
    metIn[number] = lists;
  }
  return repeats;
}

/** How many keys have numbers. */
export const keysRemembered = (): number => memory.count;

/** The same for items with the same {@link CandidateItem.keys} of this kind, without making a string of it. */
function numberOf(item: CandidateItem, kind: KeyKind): number {
  const name = kind === 'item' ? undefined : item[kind];
  const numbers = numbersOf(item.itemType)[name === undefined ? 'item' : kind];
  const key = name ?? item.id;
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = memory.count++;
  numbers.set(key, number);
  return number;
}

function numbersOf(itemType: string): NumbersOfType {
  const known = memory.types.get(itemType);
  if (known !== undefined) return known;
  const made = { item: new Map(), parent: new Map(), creator: new Map() };
  memory.types.set(itemType, made);
  return made;
}

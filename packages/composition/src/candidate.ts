import type { Attributes, Dedupe, Provenance } from '@widget-mediator/contracts';

/**
 * What an item is compared by in page-wide dedupe, namespaced by kind: `film:item:1`, `film:parent:7`,
 * `film:creator:x`. An item without a parent or creator has its item key there.
 */
export interface ItemKeys {
  readonly item: string;
  readonly parent: string;
  readonly creator: string;
}

/** The keys of one item of a widget whose manifest says `itemType`. */
export function itemKeys(itemType: string, item: Pick<CandidateItem, 'id' | 'parent' | 'creator'>): ItemKeys {
  const own = `${itemType}:item:${item.id}`;
  return {
    item: own,
    parent: item.parent === undefined ? own : `${itemType}:parent:${item.parent}`,
    creator: item.creator === undefined ? own : `${itemType}:creator:${item.creator}`,
  };
}

/** One item of a candidate: what composition needs of it and no more. `keys` are made when they are asked for. */
export interface CandidateItem {
  readonly itemType: string;
  readonly id: string;
  readonly parent?: string | undefined;
  readonly creator?: string | undefined;
  readonly brand?: string | undefined;
  readonly attributes?: Attributes | undefined;
  readonly keys: ItemKeys;
}

/** An item as composition needs it. Made for every item of every pulled answer, so without objects in between. */
export const candidateItem = (
  itemType: string,
  item: Omit<CandidateItem, 'itemType' | 'keys'>,
): CandidateItem => new ListedItem(itemType, item);

class ListedItem implements CandidateItem {
  readonly itemType: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly creator: string | undefined;
  readonly brand: string | undefined;
  readonly attributes: Attributes | undefined;

  constructor(
    itemType: string,
    { id, parent, creator, brand, attributes }: Omit<CandidateItem, 'itemType' | 'keys'>,
  ) {
    this.itemType = itemType;
    this.id = id;
    this.parent = parent;
    this.creator = creator;
    this.brand = brand;
    this.attributes = attributes;
  }

  get keys(): ItemKeys {
    return itemKeys(this.itemType, this);
  }
}

/**
 * A live widget considered for one page. `placements` are the kinds it may take; `items` stand in the source's
 * order, and those beyond `maxItems` are a reserve for what dedupe takes away. A list of items never changes, and is
 * best handed in again, the same array, for as long as it lives: what follows from it alone is worked out once.
 */
export interface Candidate {
  readonly widget: string;
  readonly team: string;
  readonly version: number;
  readonly provenance: Provenance;
  readonly placements: readonly string[];
  readonly minItems: number;
  readonly maxItems: number;
  readonly dedupe: Dedupe;
  /** Set when its delivery says that everyone gets the same list. */
  readonly forEveryone?: true | undefined;
  readonly items: readonly CandidateItem[];
}

/**
 * A candidate. One place makes them, field by field, so that all are alike to V8, whatever they are made of and whether
 * `forEveryone` is said; loops over candidates of several shapes take half as long again.
 */
export const createCandidate = (fields: Candidate): Candidate => ({
  widget: fields.widget,
  team: fields.team,
  version: fields.version,
  provenance: fields.provenance,
  placements: fields.placements,
  minItems: fields.minItems,
  maxItems: fields.maxItems,
  dedupe: fields.dedupe,
  forEveryone: fields.forEveryone,
  items: fields.items,
});

const onRungs = new WeakMap<Candidate, Partial<Record<Provenance, Candidate>>>();

/** A fresh candidate as it enters on another rung of the ladder: the same one each time, for as long as it lives. */
export function withProvenance(candidate: Candidate, provenance: Provenance): Candidate {
  if (provenance === candidate.provenance) return candidate;
  const known = onRungs.get(candidate);
  const made = known?.[provenance] ?? createCandidate({ ...candidate, provenance });
  if (known === undefined) onRungs.set(candidate, { [provenance]: made });
  else known[provenance] = made;
  return made;
}

/**
 * The rung of the ladder, from 0: what the source itself said (fresh or stale), its team's fallback, the
 * layout's editorial pool. A lower rung is placed only where nothing higher can be.
 */
export function tierOf(provenance: Provenance): 0 | 1 | 2 {
  switch (provenance) {
    case 'fresh':
    case 'stale':
      return 0;
    case 'fallback':
      return 1;
    case 'editorial':
      return 2;
  }
}

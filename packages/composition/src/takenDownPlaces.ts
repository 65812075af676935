import type { Candidate, CandidateItem } from './candidate.ts';
import type { TakenDownItems } from './composition.ts';

/** By what was taken down, and by list: lists never change, so each is looked through once. */
const known = new WeakMap<TakenDownItems, WeakMap<Candidate['items'], readonly number[]>>();

const nowhere: readonly number[] = [];

/** Where in a list the items stand that were taken down. */
export function takenDownPlaces(items: Candidate['items'], takenDown: TakenDownItems): readonly number[] {
  let byList = known.get(takenDown);
  if (byList === undefined) {
    byList = new WeakMap();
    known.set(takenDown, byList);
  }
  let places = byList.get(items);
  if (places === undefined) {
    places = find(items, takenDown);
    byList.set(items, places);
  }
  return places;
}

export const isTakenDown = ({ itemType, id }: CandidateItem, takenDown: TakenDownItems): boolean =>
  takenDown.get(itemType)?.has(id) === true;

function find(items: Candidate['items'], takenDown: TakenDownItems): readonly number[] {
  let places: number[] | undefined;
  for (let place = 0; place < items.length; place++) {
    const item = items[place];
    if (item === undefined || !isTakenDown(item, takenDown)) continue;
    if (places === undefined) places = [];
    places.push(place);
  }
  return places ?? nowhere;
}

import type { Placement } from '@widget-mediator/contracts';
import type { Candidate, CandidateItem } from '../candidate.ts';
import type { CompositionInput, PlacedCandidate } from '../composition.ts';
import { itemHash } from '../itemHash.ts';

/** One displayed, or displayable, item and whose it is. */
export interface Display {
  readonly candidate: Candidate;
  readonly item: CandidateItem;
}

/** The rule of page dedupe in its plainest words, without claims or columns, to judge pages by. */
export function isConflict(a: Display, b: Display): boolean {
  return yieldsTo(a, b) || yieldsTo(b, a);
}

function yieldsTo(yielder: Display, blocker: Display): boolean {
  if (!yielder.candidate.dedupe.yields || !blocker.candidate.dedupe.blocks) return false;
  const { item, parent, creator } = blocker.item.keys;
  return [item, parent, creator].includes(ownKey(yielder));
}

/** The key under which a widget yields. */
export function ownKey({ candidate, item }: Display): string {
  return item.keys[candidate.dedupe.key];
}

/** Everything on a page, in page order. */
export function displaysOf(placed: readonly Pick<PlacedCandidate, 'candidate' | 'shown'>[]): Display[] {
  return placed.flatMap(({ candidate, shown }) =>
    shown.flatMap((index) => {
      const item = candidate.items[index];
      return item ? [{ candidate, item }] : [];
    }),
  );
}

/** Whether this viewer, or anybody, is not to see the item. */
export function isBarred({ context }: CompositionInput, { itemType, id, keys }: CandidateItem): boolean {
  return (
    context.takenDown?.get(itemType)?.has(id) === true ||
    context.dismissed.includes(id) ||
    context.above?.items.has(itemHash(keys.item)) === true
  );
}

/** Indexes of what a candidate could show beside what is displayed: the first of each own key, if it yields. */
export function showableBeside(
  input: CompositionInput,
  displayed: readonly Display[],
  candidate: Candidate,
): number[] {
  const kept: Display[] = [];
  const indexes: number[] = [];
  for (const [index, item] of candidate.items.entries()) {
    const display = { candidate, item };
    if (isBarred(input, item)) continue;
    if (displayed.some((other) => isConflict(display, other))) continue;
    if (candidate.dedupe.yields && kept.some((earlier) => ownKey(earlier) === ownKey(display))) continue;
    kept.push(display);
    indexes.push(index);
  }
  return indexes;
}

/** A widget where it stands, or could. `position` is from 1. */
export type Standing = Pick<PlacedCandidate, 'candidate' | 'shown' | 'position'>;

/** Whether a page has more of a team, brand or creator within a window than the layout allows. */
export function exceedsCaps({ layout }: CompositionInput, page: readonly Standing[]): boolean {
  return layout.caps.some(({ by, max, window }) =>
    page.some(({ position: from }) => {
      const within = page.filter(({ position }) => position >= from && position < from + window);
      const values = within.flatMap(({ candidate, shown }) =>
        by === 'team' ? [candidate.team] : shown.flatMap((place) => candidate.items[place]?.[by] ?? []),
      );
      return values.some((value) => values.filter((other) => other === value).length > max);
    }),
  );
}

/** What a candidate could show at a position of a page, in its order, at most `limit`; nothing if its team is capped. */
export function showableAt(
  input: CompositionInput,
  page: readonly Standing[],
  {
    candidate,
    position,
    limit,
  }: { readonly candidate: Candidate; readonly position: number; readonly limit: number },
): number[] {
  const shown: number[] = [];
  for (const place of showableBeside(input, displaysOf(page), candidate)) {
    if (shown.length === limit) break;
    if (!exceedsCaps(input, [...page, { candidate, position, shown: [...shown, place] }])) shown.push(place);
  }
  return shown;
}

/** The placements of a page, with their positions. */
export function placementsOf({
  layout,
  context,
}: CompositionInput): { placement: Placement; position: number }[] {
  const above = context.above?.placements ?? 0;
  return layout.placements
    .map((placement, index) => ({ placement, position: index + 1 }))
    .slice(above, above + (layout.pageSize ?? layout.placements.length));
}

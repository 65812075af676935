import type { Candidate, CandidateItem } from '../candidate.ts';
import type { PlacedCandidate } from '../composition.ts';

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

/** Indexes of what a candidate could show beside what is displayed: the first of each own key, if it yields. */
export function showableBeside(displayed: readonly Display[], candidate: Candidate): number[] {
  const kept: Display[] = [];
  const indexes: number[] = [];
  for (const [index, item] of candidate.items.entries()) {
    const display = { candidate, item };
    if (displayed.some((other) => isConflict(display, other))) continue;
    if (candidate.dedupe.yields && kept.some((earlier) => ownKey(earlier) === ownKey(display))) continue;
    kept.push(display);
    indexes.push(index);
  }
  return indexes;
}

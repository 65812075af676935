import type { Candidate, CandidateItem } from './candidate.ts';
import type { PlacedCandidate } from './composition.ts';

/** An item where it stands on the page. */
export interface Holder {
  readonly widget: string;
  readonly item: string;
}

/** Finds what is on the page in the place of an item of a candidate; undefined where nothing conflicts with it. */
export type FindHolder = (candidate: Candidate, item: CandidateItem) => Holder | undefined;

/** Remembers who displays which key, the first in page order; the rule of conflict is that of `Claims`. */
export function createHolders(placed: readonly PlacedCandidate[]): FindHolder {
  const blockers = new Map<string, Holder>();
  const yielders = new Map<string, Holder>();
  for (const { candidate, shown } of placed) {
    const { widget, dedupe, items } = candidate;
    for (const index of shown) {
      const item = items[index];
      if (!item) continue;
      const holder = { widget, item: item.id };
      if (dedupe.yields) remember(yielders, item.keys[dedupe.key], holder);
      if (!dedupe.blocks) continue;
      for (const key of [item.keys.item, item.keys.parent, item.keys.creator])
        remember(blockers, key, holder);
    }
  }
  return ({ dedupe }, { keys }) =>
    (dedupe.yields ? blockers.get(keys[dedupe.key]) : undefined) ??
    (dedupe.blocks
      ? (yielders.get(keys.item) ?? yielders.get(keys.parent) ?? yielders.get(keys.creator))
      : undefined);
}

function remember(holders: Map<string, Holder>, key: string, holder: Holder): void {
  if (!holders.has(key)) holders.set(key, holder);
}

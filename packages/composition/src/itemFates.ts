import type { ItemVerdictCode } from '@widget-mediator/contracts';
import { barCodes } from './barredRows.ts';
import { itemCapsOf } from './caps.ts';
import { countFree } from './claims.ts';
import type { Draft } from './draft.ts';
import type { Reader } from './reader.ts';
import type { Contest } from './score.ts';

/** What became of an item of a placed widget that is not displayed. */
export type Fate = ItemVerdictCode | 'reserve';

/** A page, and the reader that holds it. */
export interface PageRead {
  readonly reader: Reader;
  readonly draft: Draft;
}

/**
 * Tells the fate of every item that a placed widget does not display: down the page, and in each widget's order.
 */
export function forEachFate(
  contest: Contest,
  { reader, draft: { chosen, shown } }: PageRead,
  tell: (fate: Fate, candidate: number, place: number) => void,
): void {
  const { input, keys, barred } = contest;
  const caps = itemCapsOf(contest);
  if (caps !== undefined) {
    for (const [placement, candidate] of chosen.entries()) {
      if (candidate >= 0) caps.count(candidate, placement, shown[placement] ?? nothing);
    }
  }
  for (let placement = 0; placement < chosen.length; placement++) {
    const candidate = chosen[placement] ?? -1;
    const length = input.candidates[candidate]?.items.length ?? 0;
    const displayed = shown[placement] ?? nothing;
    const start = keys.starts[candidate] ?? 0;
    let next = 0;
    for (let place = 0; place < length; place++) {
      if (displayed[next] === place) next++;
      else {
        const bar = barred === undefined ? undefined : barCodes[barred[start + place] ?? 0];
        if (bar !== undefined) tell(bar, candidate, place);
        else if (reader.claims.isClaimed(candidate, place)) tell('duplicate', candidate, place);
        else tell(caps?.verdictOn(candidate, placement, place) ?? 'reserve', candidate, place);
      }
    }
  }
}

/** How many have which fate, told without looking at each; undefined on pages where that takes more than counting claims. */
export function plainFates(
  { input }: Contest,
  { reader, draft: { chosen, shown } }: PageRead,
): { readonly reserve: number; readonly duplicates: number } | undefined {
  if (input.layout.caps.length > 0) return undefined;
  let reserve = 0;
  let duplicates = 0;
  for (let placement = 0; placement < chosen.length; placement++) {
    const candidate = chosen[placement] ?? -1;
    const items = input.candidates[candidate]?.items.length;
    if (items === undefined) continue;
    const claims = reader.claims.plainly(candidate);
    if (claims === undefined) return undefined;
    const hidden = items - (shown[placement]?.length ?? 0);
    // A widget that nobody can take items from does not see that it holds its own.
    const free = Math.min(hidden, countFree(claims, 0, items));
    reserve += free;
    duplicates += hidden - free;
  }
  return { reserve, duplicates };
}

const nothing: readonly number[] = [];

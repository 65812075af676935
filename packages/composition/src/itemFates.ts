import type { ItemVerdictCode } from '@widget-mediator/contracts';
import { barCodes } from './barredRows.ts';
import { itemCapsOf } from './caps.ts';
import type { Draft } from './draft.ts';
import type { Reader } from './reader.ts';
import type { Contest } from './score.ts';

/** What became of an item of a placed widget that is not displayed. */
export type Fate = ItemVerdictCode | 'reserve';

/** By placement: the fates of the items that its widget does not display, in the widget's order. The reader holds the page. */
export function fatesIn(
  contest: Contest,
  { claims }: Reader,
  { chosen, shown }: Draft,
): readonly (readonly Fate[])[] {
  const { input, keys, barred } = contest;
  const caps = itemCapsOf(contest);
  if (caps !== undefined) {
    for (const [placement, candidate] of chosen.entries()) {
      if (candidate >= 0) caps.count(candidate, placement, shown[placement] ?? new Int32Array(0));
    }
  }
  return Array.from(chosen, (candidate, placement): Fate[] => {
    const items = input.candidates[candidate]?.items ?? [];
    const displayed = shown[placement] ?? new Int32Array(0);
    const start = keys.starts[candidate] ?? 0;
    const fates: Fate[] = [];
    let next = 0;
    for (let place = 0; place < items.length; place++) {
      if (displayed[next] === place) {
        next++;
        continue;
      }
      const bar = barCodes[barred?.[start + place] ?? 0];
      if (bar !== undefined) fates.push(bar);
      else if (claims.isClaimed(candidate, place)) fates.push('duplicate');
      else fates.push(caps?.verdictOn(candidate, placement, place) ?? 'reserve');
    }
    return fates;
  });
}

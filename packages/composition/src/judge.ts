import type { VerdictCode, WidgetVerdictCode } from '@widget-mediator/contracts';
import type { Allocation } from './allocate.ts';
import { takenDownBar } from './barredRows.ts';
import { isWithinTeamCaps } from './caps.ts';
import type { Conservation } from './composition.ts';
import { type Draft, holdAllBut } from './draft.ts';
import { forEachFate, type PageRead, plainFates } from './itemFates.ts';
import { limitOf } from './limitOf.ts';
import type { Reader } from './reader.ts';
import type { Contest } from './score.ts';

/** Verdicts as codes, and where all items went. `codes`, by candidate, are undefined for those on the page. */
export interface Judgement {
  readonly codes: readonly (WidgetVerdictCode | undefined)[];
  readonly conservation: Conservation;
}

/** Judges every candidate by the finished page. */
export function judge({ contest, reader, draft }: Omit<Allocation, 'search'>): Judgement {
  const codes = contest.codes.slice();
  const { caps } = contest.input.layout;
  const hasItemCaps = caps.some(({ by }) => by !== 'team');
  holdAllBut(reader, draft, -1);
  const tooSmall: number[] = [];
  for (let index = 0; index < codes.length; index++) {
    if (codes[index] !== undefined || draft.chosen.includes(index)) continue;
    const showable = hasItemCaps ? isShowable(contest, reader, index) : isLarge(contest, reader, index);
    if (!showable) tooSmall.push(index);
    else codes[index] = caps.length === 0 ? 'outranked' : rivalCode(contest, draft, index);
  }
  const tooLittleIsFree = tooSmall.filter((index) => !isLarge(contest, reader, index));
  for (const index of tooSmall) codes[index] = 'too-few-after-caps';
  if (tooLittleIsFree.length > 0) {
    reader.clear();
    for (const index of tooLittleIsFree) codes[index] = sizeCode(contest, reader, index);
    holdAllBut(reader, draft, -1);
  }
  return { codes, conservation: conservationOf(contest, { reader, draft, codes }) };
}

/** Whether enough of an absent candidate is free, within the caps on items, for some placement that it could take. */
function isShowable(contest: Contest, reader: Reader, index: number): boolean {
  const minItems = contest.input.candidates[index]?.minItems ?? 1;
  return contest.placements.some(
    (_, placement) =>
      contest.takers.canTake(index, placement) &&
      limitOf(contest, index, placement) >= minItems &&
      reader.look(index, placement, minItems) >= minItems,
  );
}

/** The same without the caps on what items it may show. */
function isLarge({ input }: Contest, { claims, places }: Reader, index: number): boolean {
  const minItems = input.candidates[index]?.minItems ?? 1;
  return claims.read(index, minItems, places) >= minItems;
}

/** Why a candidate that could be shown is not: others ranked higher, or its team may not have what others hold. */
function rivalCode(contest: Contest, { chosen }: Draft, candidate: number): WidgetVerdictCode {
  const { input, placements, takers } = contest;
  const team = input.candidates[candidate]?.team;
  const ofOthers = [...placements.keys()].filter(
    (placement) =>
      takers.canTake(candidate, placement) && input.candidates[chosen[placement] ?? -1]?.team !== team,
  );
  const isCapped =
    ofOthers.length > 0 &&
    ofOthers.every((placement) => !isWithinTeamCaps(contest, { candidate, placement, chosen }));
  return isCapped ? 'team-capped' : 'outranked';
}

/** Why a candidate is too small, with nothing claimed any more. */
function sizeCode(contest: Contest, reader: Reader, index: number): WidgetVerdictCode {
  if (isLarge(contest, reader, index)) return 'too-few-after-dedupe';
  const start = contest.keys.starts[index] ?? 0;
  const end = contest.keys.starts[index + 1] ?? start;
  const bars = contest.barred?.subarray(start, end);
  if (bars?.includes(takenDownBar) === true) return 'too-few-after-takedown';
  return bars?.some((bar) => bar !== 0) === true ? 'too-few-for-viewer' : 'too-few-items';
}

/** Counts every item of every candidate exactly once. The reader holds the page. */
function conservationOf(
  contest: Contest,
  {
    reader,
    draft,
    codes,
  }: { readonly reader: Reader; readonly draft: Draft; readonly codes: Judgement['codes'] },
): Conservation {
  const { starts } = contest.keys;
  const dropped = new Map<VerdictCode, number>();
  const drop = (code: VerdictCode | undefined, items: number): void => {
    if (code !== undefined && items > 0) dropped.set(code, (dropped.get(code) ?? 0) + items);
  };
  // Neighbours mostly share a code: looking one up for each takes longer than all else here.
  let first = 0;
  for (let next = 1; next <= codes.length; next++) {
    if (next < codes.length && codes[next] === codes[first]) continue;
    drop(codes[first], (starts[next] ?? 0) - (starts[first] ?? 0));
    first = next;
  }
  const { reserve, duplicates } = fatesOf(contest, { reader, draft }, drop);
  drop('duplicate', duplicates);
  const placed = draft.shown.reduce((sum, places) => sum + places.length, 0);
  return { received: starts[codes.length] ?? 0, placed, reserve, dropped: inOrder(dropped) };
}

/** How many of the items that placed widgets do not display are in reserve or duplicates; the others are dropped. */
function fatesOf(
  contest: Contest,
  page: PageRead,
  drop: (code: VerdictCode, items: number) => void,
): { readonly reserve: number; readonly duplicates: number } {
  const plain = plainFates(contest, page);
  if (plain !== undefined) return plain;
  let reserve = 0;
  let duplicates = 0;
  forEachFate(contest, page, (fate) => {
    if (fate === 'reserve') reserve++;
    else if (fate === 'duplicate') duplicates++;
    else drop(fate, 1);
  });
  return { reserve, duplicates };
}

/** By code, so that the same counts are the same bytes. */
function inOrder(counts: ReadonlyMap<VerdictCode, number>): Conservation['dropped'] {
  const dropped: Partial<Record<VerdictCode, number>> = {};
  for (const code of [...counts.keys()].sort()) dropped[code] = counts.get(code) ?? 0;
  return dropped;
}

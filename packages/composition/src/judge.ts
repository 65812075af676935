import type { VerdictCode, WidgetVerdictCode } from '@widget-mediator/contracts';
import { isWithinTeamCaps } from './caps.ts';
import type { Conservation } from './composition.ts';
import { type Draft, holdAllBut } from './draft.ts';
import { forEachFate } from './itemFates.ts';
import { limitOf } from './limitOf.ts';
import { createReader, type Reader } from './reader.ts';
import type { Contest } from './score.ts';

/** Verdicts as codes, and where all items went. `codes`, by candidate, are undefined for those on the page. */
export interface Judgement {
  readonly codes: readonly (WidgetVerdictCode | undefined)[];
  readonly conservation: Conservation;
}

/** Judges every candidate by the finished page. */
export function judge(contest: Contest, draft: Draft): Judgement {
  const reader = createReader(contest);
  const codes = contest.codes.slice();
  holdAllBut(reader, draft, -1);
  const tooSmall: number[] = [];
  for (let index = 0; index < codes.length; index++) {
    if (codes[index] !== undefined || draft.chosen.includes(index)) continue;
    if (isShowable(contest, reader, index)) codes[index] = rivalCode(contest, draft, index);
    else tooSmall.push(index);
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

/** Whether enough of an absent candidate is free for some placement that it could take. */
function isShowable(contest: Contest, reader: Reader, index: number): boolean {
  const { minItems } = contest.input.candidates[index] ?? { minItems: 1 };
  if (contest.input.layout.caps.every(({ by }) => by === 'team')) return isLarge(contest, reader, index);
  return contest.placements.some(
    (_, placement) =>
      contest.takers.canTake(index, placement) &&
      limitOf(contest, index, placement) >= minItems &&
      reader.look(index, placement, minItems) >= minItems,
  );
}

/** The same without the caps on what items it may show. */
function isLarge({ input }: Contest, { claims, places }: Reader, index: number): boolean {
  const { minItems } = input.candidates[index] ?? { minItems: 1 };
  return claims.read(index, minItems, places) >= minItems;
}

/** Why a candidate that could be shown is not: others ranked higher, or its team may not have what others hold. */
function rivalCode(contest: Contest, { chosen }: Draft, candidate: number): WidgetVerdictCode {
  const { input, placements, takers } = contest;
  if (input.layout.caps.length === 0) return 'outranked';
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
  return contest.barred?.subarray(start, end).some((bar) => bar !== 0) === true
    ? 'too-few-for-viewer'
    : 'too-few-items';
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
  const dropped: Partial<Record<VerdictCode, number>> = {};
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index];
    const size = (starts[index + 1] ?? 0) - (starts[index] ?? 0);
    if (code !== undefined && size > 0) dropped[code] = (dropped[code] ?? 0) + size;
  }
  let reserve = 0;
  forEachFate(contest, { reader, draft }, (fate) => {
    if (fate === 'reserve') reserve++;
    else dropped[fate] = (dropped[fate] ?? 0) + 1;
  });
  const placed = draft.shown.reduce((sum, places) => sum + places.length, 0);
  return { received: starts[codes.length] ?? 0, placed, reserve, dropped: inOrder(dropped) };
}

/** By code, so that the same counts are the same bytes. */
function inOrder(dropped: Partial<Record<VerdictCode, number>>): Conservation['dropped'] {
  return Object.fromEntries(Object.entries(dropped).sort(([a], [b]) => (a < b ? -1 : 1)));
}

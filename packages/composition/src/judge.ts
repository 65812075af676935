import type { VerdictCode, WidgetVerdictCode } from '@widget-mediator/contracts';
import { isWithinTeamCaps } from './caps.ts';
import type { Conservation } from './composition.ts';
import { type Draft, holdAllBut, limitOf } from './draft.ts';
import { fatesIn } from './itemFates.ts';
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
  const fates = fatesIn(contest, reader, draft);
  if (tooSmall.length > 0) {
    const withoutCaps = tooSmall.filter((index) => !isLarge(contest, reader, index));
    reader.clear();
    for (const index of tooSmall) {
      codes[index] = withoutCaps.includes(index) ? sizeCode(contest, reader, index) : 'too-few-after-caps';
    }
  }
  return { codes, conservation: conservationOf(contest, { draft, codes, fates }) };
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

function rivalCode(contest: Contest, { chosen }: Draft, candidate: number): WidgetVerdictCode {
  const isFree = contest.placements.some(
    (_, placement) =>
      contest.takers.canTake(candidate, placement) &&
      isWithinTeamCaps(contest, { candidate, placement, chosen }),
  );
  return isFree ? 'outranked' : 'team-capped';
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

/** Counts every item of every candidate exactly once. */
function conservationOf(
  { input, keys }: Contest,
  {
    draft,
    codes,
    fates,
  }: {
    readonly draft: Draft;
    readonly codes: Judgement['codes'];
    readonly fates: ReturnType<typeof fatesIn>;
  },
): Conservation {
  const dropped: Partial<Record<VerdictCode, number>> = {};
  const drop = (code: VerdictCode, items: number) => {
    if (items > 0) dropped[code] = (dropped[code] ?? 0) + items;
  };
  const sizeOf = (index: number) => (keys.starts[index + 1] ?? 0) - (keys.starts[index] ?? 0);
  let placed = 0;
  let reserve = 0;
  for (let index = 0; index < input.candidates.length; index++) {
    const code = codes[index];
    if (code !== undefined) drop(code, sizeOf(index));
  }
  for (let placement = 0; placement < draft.chosen.length; placement++) {
    const candidate = draft.chosen[placement] ?? -1;
    if (candidate < 0) continue;
    placed += draft.shown[placement]?.length ?? 0;
    for (const fate of fates[placement] ?? []) {
      if (fate === 'reserve') reserve++;
      else drop(fate, 1);
    }
  }
  return { received: keys.starts[input.candidates.length] ?? 0, placed, reserve, dropped };
}

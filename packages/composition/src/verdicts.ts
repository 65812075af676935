import type { Verdict } from '@widget-mediator/contracts';
import type { Allocation } from './allocation.ts';
import type { Candidate } from './candidate.ts';
import type { PlacedCandidate } from './composition.ts';
import { duplicatesOf } from './duplicates.ts';
import { canTake } from './eligibility.ts';
import { createHolders, type FindHolder } from './holders.ts';

/** Every verdict of a finished page: items of placed widgets in page order, then absent widgets by id. */
export function verdictsOf(allocation: Allocation, placed: readonly PlacedCandidate[]): Verdict[] {
  const holderOf = createHolders(placed);
  return [
    ...allocation.placings.flatMap((placing) =>
      placing
        ? duplicateVerdicts(
            allocation.input.candidates[placing.candidate],
            duplicatesOf(allocation, placing),
            holderOf,
          )
        : [],
    ),
    ...widgetVerdicts(allocation, placed, holderOf),
  ];
}

function duplicateVerdicts(
  candidate: Candidate | undefined,
  duplicates: readonly number[],
  holderOf: FindHolder,
): Verdict[] {
  return duplicates.flatMap((index) => {
    const item = candidate?.items[index];
    const winner = candidate && item && holderOf(candidate, item);
    return winner ? [{ code: 'duplicate', widget: candidate.widget, item: item.id, winner }] : [];
  });
}

function widgetVerdicts(
  { input, codes }: Allocation,
  placed: readonly PlacedCandidate[],
  holderOf: FindHolder,
): Verdict[] {
  const verdicts = input.candidates.flatMap((candidate, index): Verdict[] => {
    const code = codes[index];
    if (code === undefined) return [];
    const winner = winnerOver(candidate, code, { placed, holderOf });
    const verdict = { code, widget: candidate.widget };
    return [winner === undefined ? verdict : { ...verdict, winner: { widget: winner } }];
  });
  return verdicts.sort((a, b) => (a.widget < b.widget ? -1 : 1));
}

function winnerOver(
  candidate: Candidate,
  code: Verdict['code'],
  { placed, holderOf }: { readonly placed: readonly PlacedCandidate[]; readonly holderOf: FindHolder },
): string | undefined {
  if (code === 'outranked') return weakestRival(candidate, placed);
  if (code === 'too-few-after-dedupe') return greatestHolder(candidate, holderOf);
  return undefined;
}

/** The lowest scored widget in a placement that the candidate could have taken; the lower on the page among equals. */
function weakestRival(candidate: Candidate, placed: readonly PlacedCandidate[]): string | undefined {
  let weakest: PlacedCandidate | undefined;
  for (const rival of placed) {
    if (!canTake(candidate, rival.placement)) continue;
    if (!weakest || rival.score <= weakest.score) weakest = rival;
  }
  return weakest?.candidate.widget;
}

/** The widget that shows most of the items the candidate lost; among equals, the one that has its earliest item. */
function greatestHolder(candidate: Candidate, holderOf: FindHolder): string | undefined {
  const losses = new Map<string, number>();
  for (const item of candidate.items) {
    const holder = holderOf(candidate, item);
    if (holder) losses.set(holder.widget, (losses.get(holder.widget) ?? 0) + 1);
  }
  let greatest: string | undefined;
  for (const [widget, lost] of losses) {
    if (greatest === undefined || lost > (losses.get(greatest) ?? 0)) greatest = widget;
  }
  return greatest;
}

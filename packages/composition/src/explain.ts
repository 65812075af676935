import type { VerdictCode, WidgetVerdictCode } from '@widget-mediator/contracts';
import type { Allocation } from './allocation.ts';
import { createClaims } from './claims.ts';
import type { Composition, Conservation, PlacedCandidate, SearchReport } from './composition.ts';
import { duplicatesOf } from './duplicates.ts';
import { scoresOf } from './scores.ts';
import { createReader, type ReadShowable } from './showable.ts';
import { verdictsOf } from './verdicts.ts';

/**
 * The last stage: gives everything that is not shown its reason, judged against the finished page, so that no reason
 * can name what is not on it. Only codes and counts are made here; objects when somebody asks.
 */
export function explain(allocation: Allocation): Composition {
  const explained = {
    ...allocation,
    codes: allocation.codes.map((code, index) => code ?? codeOf(allocation, index)),
  };
  const placed = placedOf(allocation);
  return {
    placed,
    conservation: conservationOf(explained),
    search: searchOf(placed),
    get scores() {
      return scoresOf(explained);
    },
    verdicts: () => verdictsOf(explained, placed),
  };
}

/** Why a candidate that was in the contest has no placement, or undefined when it has one. */
function codeOf(allocation: Allocation, index: number): WidgetVerdictCode | undefined {
  const candidate = allocation.input.candidates[index];
  if (!candidate || allocation.placementOf[index] !== -1) return undefined;
  const isShowable = (read: ReadShowable) =>
    read(candidate, index, candidate.minItems).length === candidate.minItems;
  if (isShowable(allocation.read)) return 'outranked';
  return isShowable(createReader(createClaims(allocation.keys))) ? 'too-few-after-dedupe' : 'too-few-items';
}

function placedOf({ input, placings }: Allocation): PlacedCandidate[] {
  return placings.flatMap((placing) => {
    const candidate = placing && input.candidates[placing.candidate];
    const placement = placing && input.layout.placements[placing.placement];
    if (!candidate || !placement) return [];
    return [
      { candidate, placement, position: placing.placement + 1, shown: placing.shown, score: placing.score },
    ];
  });
}

/** Counts every item of every candidate exactly once. */
function conservationOf(allocation: Allocation): Conservation {
  const { input, placings, placementOf, codes } = allocation;
  const dropped: Partial<Record<VerdictCode, number>> = {};
  const drop = (code: VerdictCode, items: number) => {
    if (items > 0) dropped[code] = (dropped[code] ?? 0) + items;
  };
  let received = 0;
  let placed = 0;
  let reserve = 0;
  for (const [index, candidate] of input.candidates.entries()) {
    received += candidate.items.length;
    const code = codes[index];
    if (code !== undefined) drop(code, candidate.items.length);
    const placing = placings[placementOf[index] ?? -1];
    if (!placing) continue;
    const duplicates = duplicatesOf(allocation, placing).length;
    placed += placing.shown.length;
    reserve += candidate.items.length - placing.shown.length - duplicates;
    drop('duplicate', duplicates);
  }
  return { received, placed, reserve, dropped };
}

function searchOf(placed: readonly PlacedCandidate[]): SearchReport {
  const score = placed.reduce((total, one) => total + one.score, 0);
  return { greedy: score, score, iterations: 0, passes: [] };
}

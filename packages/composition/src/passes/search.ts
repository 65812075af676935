import { type Draft, display } from '../draft.ts';
import type { Reader } from '../reader.ts';
import type { Contest } from '../score.ts';
import { compareStandings, isBetter } from '../standing.ts';
import { movesFrom } from './moves.ts';
import { canReallocate, reallocate } from './reallocate.ts';

/**
 * Betters a page by one change at a time: a widget inserted into an empty placement, one replaced by an absent one, two
 * placements swapped. Takes the first change, most promising first, that makes the page better, until none does or the
 * layout's number of iterations is spent: a number of pages tried, never a time, so that a page can be replayed.
 */
export function search(
  contest: Contest,
  reader: Reader,
  start: Draft,
): { readonly draft: Draft; readonly iterations: number } {
  const budget = contest.input.layout.passes.iterations;
  let draft = start;
  let iterations = 0;
  while (iterations < budget) {
    const found = firstBetter(contest, reader, { draft, budget: budget - iterations });
    iterations += found.tried;
    if (found.page === undefined) break;
    draft = found.page;
  }
  return { draft, iterations };
}

function firstBetter(
  contest: Contest,
  reader: Reader,
  { draft, budget }: { readonly draft: Draft; readonly budget: number },
): { readonly page: Draft | undefined; readonly tried: number } {
  let tried = 0;
  for (const { chosen } of movesFrom(contest, reader, draft)) {
    if (tried === budget) break;
    tried++;
    const page = pageOf(contest, reader, { chosen, draft });
    if (page !== undefined && isBetter(contest, page, draft)) return { page, tried };
  }
  return { page: undefined, tried };
}

/**
 * What an allocation adds to a page that was read in turn, at most, for it to be worth working out: more than it adds to
 * most pages.
 */
const mostFromAllocation = 0.02;

/**
 * The page of a choice of widgets: each in turn, and if items may move and that might better the page, with the best
 * allocation of items.
 */
function pageOf(
  contest: Contest,
  reader: Reader,
  { chosen, draft }: { readonly chosen: readonly number[]; readonly draft: Draft },
): Draft | undefined {
  const inTurn = display(contest, reader, chosen);
  if (!contest.input.layout.passes.reallocate || !canReallocate(contest)) return inTurn;
  if (inTurn !== undefined && compareStandings(contest, chosen, draft.chosen) === 0) {
    if (inTurn.score < draft.score * (1 - mostFromAllocation)) return undefined;
  }
  return reallocate(contest, reader, { chosen, from: draft });
}

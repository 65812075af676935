import type { Verdict } from '@widget-mediator/contracts';
import type { Candidate } from './candidate.ts';
import type { PlacedCandidate } from './composition.ts';
import { type Draft, holdAllBut } from './draft.ts';
import { canTake } from './eligibility.ts';
import { createHolders, type FindHolder } from './holders.ts';
import { forEachFate } from './itemFates.ts';
import type { Judgement } from './judge.ts';
import { createReader } from './reader.ts';
import type { Contest } from './score.ts';

/** A page that was judged. */
export interface Judged extends Pick<Judgement, 'codes'> {
  readonly draft: Draft;
  readonly placed: readonly PlacedCandidate[];
}

/** Every verdict of a finished page: items of placed widgets in page order, then absent widgets by id. */
export function verdictsOf(contest: Contest, { draft, codes, placed }: Judged): Verdict[] {
  const holderOf = createHolders(placed);
  return [
    ...itemVerdicts(contest, draft, holderOf),
    ...widgetVerdicts(contest.input.candidates, codes, { placed, holderOf }),
  ];
}

function itemVerdicts(contest: Contest, draft: Draft, holderOf: FindHolder): Verdict[] {
  const reader = createReader(contest);
  holdAllBut(reader, draft, -1);
  const verdicts: Verdict[] = [];
  forEachFate(contest, { reader, draft }, (fate, index, place) => {
    const candidate = contest.input.candidates[index];
    const item = candidate?.items[place];
    if (fate === 'reserve' || candidate === undefined || item === undefined) return;
    const winner = fate === 'duplicate' ? holderOf(candidate, item) : undefined;
    verdicts.push({ code: fate, widget: candidate.widget, item: item.id, ...(winner && { winner }) });
  });
  return verdicts;
}

interface OnThePage {
  readonly placed: readonly PlacedCandidate[];
  readonly holderOf: FindHolder;
}

function widgetVerdicts(
  candidates: readonly Candidate[],
  codes: Judgement['codes'],
  page: OnThePage,
): Verdict[] {
  const verdicts = candidates.flatMap((candidate, index): Verdict[] => {
    const code = codes[index];
    if (code === undefined) return [];
    const winner = winnerOver(candidate, code, page);
    const verdict = { code, widget: candidate.widget };
    return [winner === undefined ? verdict : { ...verdict, winner: { widget: winner } }];
  });
  return verdicts.sort((a, b) => (a.widget < b.widget ? -1 : 1));
}

function winnerOver(
  candidate: Candidate,
  code: Verdict['code'],
  { placed, holderOf }: OnThePage,
): string | undefined {
  if (code === 'outranked') return weakest(placed.filter(({ placement }) => canTake(candidate, placement)));
  if (code === 'team-capped')
    return weakest(placed.filter((rival) => rival.candidate.team === candidate.team));
  return code === 'too-few-after-dedupe' ? greatestHolder(candidate, holderOf) : undefined;
}

/** The lowest scored; the lower on the page among equals. */
function weakest(rivals: readonly PlacedCandidate[]): string | undefined {
  let lowest: PlacedCandidate | undefined;
  for (const rival of rivals) if (!lowest || rival.score <= lowest.score) lowest = rival;
  return lowest?.candidate.widget;
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

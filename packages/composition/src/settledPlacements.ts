import type { Layout, Placement } from '@widget-mediator/contracts';
import { admit } from './admit.ts';
import { tierOf } from './candidate.ts';
import type { CompositionInput, ViewerContext } from './composition.ts';
import { canTake, type Taker } from './eligibility.ts';
import { fillGreedily } from './passes/fillGreedily.ts';
import { createReader } from './reader.ts';
import { type Contest, score } from './score.ts';

/** A widget that may still come, and what it could take, as it is registered. */
export interface Outstanding extends Taker {
  readonly widget: string;
}

/**
 * What a page still waits for. `ranking` says that a remote ranker is yet to be asked. `beyond` is how many settled
 * placements are of no news: where there cannot be more, that is told without looking at any item.
 */
export interface Awaited {
  readonly outstanding: readonly Outstanding[];
  readonly ranking: boolean;
  readonly beyond: number;
}

/**
 * How many of the page's leading placements are settled, or 0 when no more than `beyond` are: they show in `compose(input)` what they will show whatever the
 * outstanding widgets bring, fresh, stale or standing in, or do not. `input` holds the candidates that have come;
 * `context.above` names the outstanding widgets too. Conservative: what is not proven to be settled is not.
 *
 * Settled is all when nothing is outstanding. Else a placement is, as long as all above it are, that a pin
 * holds, or under an order of the editors' that outstanding widgets cannot get ahead of; if also what it displays cannot
 * move. The proofs are in docs/adr/0022-settled-placements.md.
 */
export function settledPlacements(input: CompositionInput, awaited: Awaited): number {
  const { layout, context, candidates } = input;
  const above = context.above?.placements ?? 0;
  const placements = placementsOnPage(layout, above);
  const votes = layout.strategy !== 'editorial' && awaited.outstanding.length > 0;
  if ((votes || awaited.ranking) && !mightSettle(input, above)) return 0;
  if (!canBeBeyond(input, awaited, placements)) return 0;
  const rivals = awaited.outstanding.filter((one) => mayStand(input, one, placements));
  if (rivals.length === 0 && !votes && !awaited.ranking) return placements.length;

  const contest = score(admit(input));
  const { chosen } = fillGreedily(contest, createReader(contest));
  const isHonoured = contest.pins.map(
    (pin, placement) => pin !== undefined && candidates[chosen[placement] ?? -1]?.widget === pin,
  );
  const choice: Choice = { contest, chosen, isHonoured, rivals };
  const ranks = isRanked(input) && arePinsDecided(choice);
  const isChosen = (placement: number) =>
    isHonoured[placement] === true || (ranks && isForemost(choice, placement));
  let chosenFor = 0;
  while (isChosen(chosenFor)) chosenFor++;
  // A page without gaps stays so. Where there may be one, a widget may move there for the sake of another's order.
  if (chosenFor < placements.length) {
    const mayGiveWay = (placement: number) =>
      isHonoured[placement] !== true && givesWayToPins(choice, placement);
    const first = chosen.slice(0, chosenFor).findIndex((_, placement) => mayGiveWay(placement));
    if (first >= 0) chosenFor = first;
  }
  // Where nothing is worth more than anything else, items move only in exchange for a page that stands better.
  const isBest = layout.strategy === 'editorial' && chosenFor === placements.length;
  if (isBest || !mayItemsMove(layout)) return chosenFor;
  const movable = chosen.slice(0, chosenFor).findIndex((candidate) => !standsAlone(candidates[candidate]));
  return movable < 0 ? chosenFor : movable;
}

/** The placements of one page: all, or as many as the layout gives at a time, below those `above`. */
export const placementsOnPage = (layout: Layout, above: number): readonly Placement[] =>
  layout.placements.slice(above, above + (layout.pageSize ?? layout.placements.length));

/**
 * Whether a page of this layout and viewer can be settled as a whole before all has come, as far as that can be told
 * before anything has: false for most, which need not be looked at while they wait.
 */
export function canCloseEarly(layout: Layout, context: ViewerContext): boolean {
  const above = context.above?.placements ?? 0;
  const isPinned = placementsOnPage(layout, above).every((_, at) => context.pins[above + at] !== undefined);
  const isEditorial = layout.strategy === 'editorial';
  return (isPinned || isRanked({ layout, context })) && (isEditorial || !mayItemsMove(layout));
}

interface Choice {
  readonly contest: Contest;
  readonly chosen: readonly number[];
  /** By placement: whether its pin holds it. */
  readonly isHonoured: readonly boolean[];
  readonly rivals: readonly Outstanding[];
}

/**
 * Whether more than `beyond` placements can be settled, as far as ranks tell: each of them needs a pin, or a list that has
 * come and goes before all that may. Nearly always no, until the last that matters has come.
 */
function canBeBeyond(
  input: CompositionInput,
  { outstanding, beyond }: Awaited,
  placements: readonly Placement[],
): boolean {
  const { layout, context, candidates } = input;
  if (!isRanked(input)) return true;
  const rankOf = rankIn(layout);
  const above = context.above?.placements ?? 0;
  let needed = beyond + 1;
  for (let at = 0; at < placements.length; at++) if (context.pins[above + at] !== undefined) needed--;
  if (needed <= 0) return true;
  let lowest = Number.POSITIVE_INFINITY;
  for (const one of outstanding) {
    const rank = rankOf(one.widget);
    if (rank < lowest && mayStand(input, one, placements)) lowest = rank;
  }
  if (lowest === Number.POSITIVE_INFINITY) return true;
  for (const { widget, provenance } of candidates)
    if (tierOf(provenance) === 0 && rankOf(widget) < lowest) needed--;
  return needed <= 0;
}

/** Whether an outstanding widget may be on this page. */
const mayStand = (
  { context }: CompositionInput,
  one: Outstanding,
  placements: readonly Placement[],
): boolean =>
  context.above?.widgets.includes(one.widget) !== true &&
  placements.some((placement) => canTake(one, placement));

/** What can be told without looking at any item; most pages that wait end here. */
function mightSettle(input: CompositionInput, above: number): boolean {
  const { layout, context, candidates } = input;
  if (context.pins[above] === undefined && !isRanked(input)) return false;
  return layout.strategy === 'editorial' || !mayItemsMove(layout) || candidates.some(standsAlone);
}

/** Whether ranks are known before all lists are, and no list changes them. */
const isRanked = ({ layout, context }: Pick<CompositionInput, 'layout' | 'context'>): boolean =>
  layout.strategy === 'editorial' || (layout.strategy === 'consensus' && !context.personal);

/** Whether a pass may take items from a widget that stays where it stands; none does under caps on items. */
function mayItemsMove({ strategy, passes, caps }: Layout): boolean {
  if (!passes.reallocate || caps.some(({ by }) => by !== 'team')) return false;
  return strategy !== 'editorial' || passes.search;
}

/** Whether what a widget displays has nothing to do with what others display. */
const standsAlone = (candidate: CompositionInput['candidates'][number] | undefined): boolean =>
  candidate !== undefined && !candidate.dedupe.yields && !candidate.dedupe.blocks;

/** Whether no pin of the page can come to be honoured, and claim before others, that is not already. */
function arePinsDecided({ contest, isHonoured, rivals }: Choice): boolean {
  const { pins, placements, input, codes } = contest;
  return pins.every((pin, placement) => {
    if (pin === undefined || isHonoured[placement] === true) return true;
    const there = placements[placement];
    const candidate = input.candidates.findIndex(({ widget }) => widget === pin);
    const isIn = candidate >= 0 && codes[candidate] === undefined;
    return (
      !isIn && !rivals.some((rival) => rival.widget === pin && there !== undefined && canTake(rival, there))
    );
  });
}

/**
 * Whether the holder of a placement goes before everybody who could be there, or move there: all that have come but for
 * those that pins hold and those above, and all that may. Then no placement that is looked at more, and none that
 * must be filled while this one need not, is left for it.
 */
function isForemost({ contest, chosen, isHonoured, rivals }: Choice, placement: number): boolean {
  const { input, precedence, codes, attention, placements } = contest;
  const holder = chosen[placement] ?? -1;
  if (holder < 0) return false;
  const rank = precedence[holder] ?? 0;
  const settled = new Set(chosen.filter((_, at) => at <= placement || isHonoured[at] === true));
  const rankOf = rankIn(input.layout);
  if (rivals.some((rival) => rankOf(rival.widget) <= rank)) return false;
  if (
    codes.some((code, other) => code === undefined && !settled.has(other) && (precedence[other] ?? 0) <= rank)
  )
    return false;
  return placements.every(
    (there, later) =>
      later <= placement ||
      isHonoured[later] === true ||
      ((attention[later] ?? 0) <= (attention[placement] ?? 0) &&
        (placements[placement]?.required === true || !there.required)),
  );
}

/**
 * Whether a page would stand better with the holder of a placement in a gap that is looked at less: when a pin holds
 * one of a better rank in between.
 */
function givesWayToPins({ contest, chosen, isHonoured }: Choice, placement: number): boolean {
  const { precedence, attention } = contest;
  const rank = precedence[chosen[placement] ?? -1] ?? 0;
  const own = attention[placement] ?? 0;
  return isHonoured.some((held, pinned) => {
    const other = attention[pinned] ?? 0;
    const isAfter = other < own || (other === own && pinned > placement);
    return held && isAfter && (precedence[chosen[pinned] ?? -1] ?? 0) < rank;
  });
}

/** Layouts are immutable and outlive pages: each prior is indexed once. */
const priors = new WeakMap<Layout, ReadonlyMap<string, number>>();

/** The foremost that a widget can come to be: with a list of its own, at its place in the prior. */
function rankIn(layout: Layout): (widget: string) => number {
  let order = priors.get(layout);
  if (order === undefined) {
    order = new Map(layout.prior.map((widget, place): [string, number] => [widget, place]).reverse());
    priors.set(layout, order);
  }
  const known = order;
  return (widget) => known.get(widget) ?? layout.prior.length;
}

import type { Layout, ProblemError } from '@widget-mediator/contracts';
import type { Candidate } from '../candidate.ts';
import { compose } from '../compose.ts';
import { anybody } from '../composition.ts';
import { editorialCandidates } from '../editorialCandidates.ts';
import { itemHash } from '../itemHash.ts';
import { noStatistics } from '../statistics.ts';
import type { ScopedPin } from './scopedPins.ts';
import { situationsOf } from './situations.ts';

/** Placements times lists, over all situations: some eighty of a layout of ten and ten, two of the largest. */
const mostWork = 8_192;

/**
 * Required placements that the editorial pool, all alone, leaves empty: page after page, and in each situation that the
 * pins of editorial lists make (the first of them, if there are very many). It is tried by composing pages, so it is true
 * of production.
 */
export function emptyPlacements(layout: Layout, pins: readonly ScopedPin[]): ProblemError[] {
  const candidates = firstOfEachId(editorialCandidates(layout));
  const lists = new Set(candidates.map(({ widget }) => widget));
  const pinsOfLists = pins.filter(({ widget }) => lists.has(widget));
  const found = new Map<number, string>();
  let work = 0;
  let cause: string | undefined;
  for (const inForce of situationsOf(pinsOfLists, layout.placements.length)) {
    const filled = filledBy(candidates, layout, inForce);
    for (const [index, { required }] of layout.placements.entries()) {
      if (required && !filled.has(index) && !found.has(index)) found.set(index, detailOf(cause));
    }
    work += layout.placements.length * candidates.length;
    if (work >= mostWork) break;
    cause = 'while other pins of editorial lists are in force, ';
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([index, detail]) => ({ pointer: `/placements/${index}`, detail }));
}

const detailOf = (cause = ''): string =>
  `${cause}the editorial pool alone cannot fill this required placement: add a list of its kind with items of its own, or say required: false`;

/** Indexes of the placements that are filled, page after page. */
function filledBy(
  candidates: readonly Candidate[],
  layout: Layout,
  inForce: readonly (ScopedPin | undefined)[],
): Set<number> {
  const filled = new Set<number>();
  const pageSize = layout.pageSize ?? layout.placements.length;
  const widgets: string[] = [];
  const items = new Set<number>();
  for (let placements = 0; placements < layout.placements.length; placements += pageSize) {
    const context = {
      ...anybody,
      pins: inForce.map((pin) => pin?.widget),
      ...(placements > 0 && { above: { placements, widgets, items } }),
    };
    const { placed } = compose({ candidates, layout, context, statistics: noStatistics, seed: 0 });
    for (const { candidate, position, shown } of placed) {
      filled.add(position - 1);
      widgets.push(candidate.widget);
      for (const place of shown) items.add(itemHash(candidate.items[place]?.keys.item ?? ''));
    }
  }
  return filled;
}

/** Two lists of one id are a finding already, and no page has two candidates of one widget. */
function firstOfEachId(candidates: readonly Candidate[]): Candidate[] {
  const ids = candidates.map(({ widget }) => widget);
  return candidates.filter(({ widget }, index) => ids.indexOf(widget) === index);
}

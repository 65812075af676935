import type { Spread } from '../measure/spread.ts';
import { plainTable } from '../report/plainTable.ts';
import type { CompositionReport, GrowthFigures, PageFigures, SizeFigures } from './compositionReport.ts';
import { steepestExponent } from './growthFigures.ts';

/** The report as tables, and a line each on what their numbers mean. */
export function compositionLines({
  machine,
  sizes,
  growth,
  rounds,
  control,
  quick,
}: CompositionReport): string[] {
  const pieces = control.filter(({ kept }) => kept).map(({ pieceUs }) => pieceUs.toFixed(0));
  return [
    `${machine.cores} cores, Node ${machine.node}, commit ${machine.commit}, load before ${machine.loadBefore.toFixed(1)}`,
    '',
    ...plainTable(
      ['candidates x items', 'page', 'CPU us/page (spread)', '/ plain (spread)', 'score', 'iterations'],
      sizes.flatMap((size) => size.pages.map((page) => pageRow(size, page))),
    ),
    '',
    'plain: scores summed, sorted, deduped with a Set; it is given its scores, and reports nothing.',
    'greedy: compose() with the passes off, verdicts as codes. new lists: the same, of arrays never met before.',
    'reallocated: the same with reallocation. searched: with the search too, at most 64 iterations.',
    '/ plain: time of the page / time of the plain one in the same round. score: share of the searched page’s.',
    '',
    ...plainTable(
      ['greedy page', 'admit', 'score', 'allocate', 'explain', 'both (spread)', 'goal', 'met?'],
      sizes.map(stageRow),
    ),
    '',
    'us/page by stage: what more a page takes with it than without. The goal is of scoring and allocation together.',
    '',
    ...plainTable(
      [
        'growth of',
        'page',
        'sizes',
        'us/row first',
        'us/row last',
        'exponent',
        'of larger',
        'at most',
        'met?',
      ],
      growth.map(growthRow),
    ),
    '',
    'exponent: e in us/page = c x size^e, over all sizes, and from the middle one up; 1 is linear.',
    'row: one item of one candidate.',
    '',
    `Rounds: ${rounds.kept} of ${rounds.wanted} kept, ${rounds.discarded} discarded; control ${pieces.join(' ')} us`,
    ...(rounds.kept < rounds.wanted
      ? ['The machine was too disturbed: too few rounds could be kept. Do not publish this.']
      : []),
    ...(quick ? ['A quick run: its figures mean nothing.'] : []),
  ];
}

function pageRow({ candidates, items }: SizeFigures, page: PageFigures): string[] {
  return [
    `${candidates} x ${items}`,
    page.kind,
    withSpread(page.us, 1),
    withSpread(page.ofPlain, 2),
    `${(100 * page.scoreOfSearched).toFixed(2)} %`,
    page.iterations === 0 ? '-' : `${page.iterations}`,
  ];
}

function stageRow({ candidates, items, stagesUs, goalUs }: SizeFigures): string[] {
  const { admit, score, allocate, explain, both } = stagesUs;
  return [
    `${candidates} x ${items}`,
    ...[admit, score, allocate, explain].map(({ median }) => median.toFixed(1)),
    withSpread(both, 1),
    `${goalUs}`,
    both.median <= goalUs ? 'yes' : 'NO',
  ];
}

function growthRow({ of, kind, points, exponent, exponentOfLarger, isSteep }: GrowthFigures): string[] {
  const first = points[0];
  const last = points.at(-1);
  return [
    of,
    kind,
    `${first?.size}..${last?.size}`,
    first?.usPerRow.toFixed(4) ?? '-',
    last?.usPerRow.toFixed(4) ?? '-',
    exponent.toFixed(2),
    exponentOfLarger.toFixed(2),
    `${steepestExponent}`,
    isSteep ? 'NO' : 'yes',
  ];
}

const withSpread = ({ median, min, max }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${min.toFixed(digits)}..${max.toFixed(digits)})`;

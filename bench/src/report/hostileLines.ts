import type { PublicationFigures } from './benchReport.ts';
import { saysMetSurely, section } from './section.ts';
import { withInterval } from './withInterval.ts';

/** What hostile bodies do to pages: their latencies by who sends, and the ratios to those beside honest publications. */
export function hostileLines(figures: readonly PublicationFigures[]): string[] {
  return figures.flatMap(
    ({ hostile: { bodiesPerSecond, pages, p50Ratio, p99Ratio, unbudgetedP99Ratio }, met }) => [
      ...section(
        [`pages while ${bodiesPerSecond} bodies come in a second`, 'p50 ms', 'p99 ms'],
        [
          ['nobody sends', ...pair(pages.nobody)],
          ['honest publications', ...pair(pages.honest)],
          ['hostile bodies', ...pair(pages.hostile)],
          ['hostile bodies, no budget enforced', ...pair(pages.unbudgeted)],
        ],
      ),
      ...section(
        ['pages beside hostile bodies, to beside honest ones', 'ratio', 'target', 'met?'],
        [
          ['p99', withInterval(p99Ratio), '1.10', saysMetSurely(met.hostile)],
          ['p50', withInterval(p50Ratio), '', '-'],
          ['p99, no budget enforced', withInterval(unbudgetedP99Ratio), '', '-'],
        ],
      ),
    ],
  );
}

const pair = ({ p50Ms, p99Ms }: { readonly p50Ms: number; readonly p99Ms: number }): string[] => [
  p50Ms.toFixed(2),
  p99Ms.toFixed(2),
];

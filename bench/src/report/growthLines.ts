import type { GrowthFigures } from './benchReport.ts';
import { saysMet, section } from './section.ts';

/** How the cost of a page grows, against that of the smallest. */
export function growthLines({ of, points, usPerOneMore, target, met }: GrowthFigures): string[] {
  const rows = points.map(({ size, cpuPerPageUs, ratio }) => [
    `${size} ${of}`,
    cpuPerPageUs.median.toFixed(0),
    `${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)}..${ratio.max.toFixed(2)})`,
  ]);
  const slope = `One more of ${of} costs ${usPerOneMore.toFixed(3)} us a page`;
  return [
    ...section(['growth', 'CPU us/page', 'to the smallest (spread)'], rows),
    target === null ? `${slope}.` : `${slope}; at most ${target.atMost} times the smallest: ${saysMet(met)}.`,
  ];
}

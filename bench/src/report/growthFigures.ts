import { spreadOf } from '../measure/spread.ts';
import type { GrowthFigures, ServerFigures } from './benchReport.ts';
import { ratioPerRound } from './comparisonFigures.ts';

interface Growing {
  readonly of: GrowthFigures['of'];
  readonly sizes: readonly number[];
  readonly target?: { readonly atMost: number; readonly aim: number };
}

/** @param servers by size, in the same order */
export function growthOf({ of, sizes, target }: Growing, servers: readonly ServerFigures[]): GrowthFigures {
  const [smallest] = servers;
  const points = servers.map((server, index) => ({
    size: sizes[index] ?? Number.NaN,
    server: server.server,
    cpuPerPageUs: server.cpuPerPageUs,
    ratio: spreadOf(smallest === undefined ? [] : ratioPerRound(server, smallest)),
  }));
  const largest = points.at(-1)?.ratio.median ?? Number.NaN;
  return {
    of,
    points,
    usPerOneMore: slopeOf(points),
    target: target ?? null,
    met: target === undefined ? null : verdictOf(largest, target),
  };
}

/** Of the line through all points that is nearest to them (least squares), in us per page. */
function slopeOf(points: GrowthFigures['points']): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanSize = mean(points.map(({ size }) => size));
  const meanUs = mean(points.map(({ cpuPerPageUs }) => cpuPerPageUs.median));
  let covariance = 0;
  let variance = 0;
  for (const { size, cpuPerPageUs } of points) {
    covariance += (size - meanSize) * (cpuPerPageUs.median - meanUs);
    variance += (size - meanSize) ** 2;
  }
  return covariance / variance;
}

function verdictOf(ratio: number, { atMost, aim }: { atMost: number; aim: number }): 'aim' | 'yes' | 'no' {
  if (ratio <= aim) return 'aim';
  return ratio <= atMost ? 'yes' : 'no';
}

import { spreadOf } from '../measure/spread.ts';
import type { BenchReport, ComparisonFigures, ServerFigures } from './benchReport.ts';
import { faultLines } from './faultLines.ts';
import { growthLines } from './growthLines.ts';
import { hostileLines } from './hostileLines.ts';
import { hungLines } from './hungLines.ts';
import { publicationLines } from './publicationLines.ts';
import { saysMet, section } from './section.ts';

/** The report, a table for each of its parts; lines of at most 100 columns. */
export function reportLines(report: BenchReport): string[] {
  const { machine, servers, comparisons } = report;
  const { cores, node, redis, commit, loadBefore } = machine;
  return [
    `${cores} cores, Node ${node}, ${redis}, commit ${commit}, load before ${loadBefore.toFixed(1)}`,
    ...section(['server', 'pages/s', 'CPU us/page', 'p50 ms', 'p99 ms'], servers.map(serverRow)),
    ...section(
      ['CPU per page, peer / mediator', 'ratio (spread)', 'at least', 'aim', 'met?'],
      comparisons.map(comparisonRow),
    ),
    ...report.growth.flatMap(growthLines),
    ...faultLines(report.faults),
    ...hungLines(report.hung),
    ...publicationLines(report.publications),
    ...hostileLines(report.publications),
    '',
    ...remarks(report),
  ];
}

function serverRow({ title, pagesPerSecond, rateKept, cpuPerPageUs, p50Ms, p99Ms }: ServerFigures): string[] {
  const rate = rateKept ? `${pagesPerSecond}` : `${pagesPerSecond} not kept`;
  return [title, rate, cpuPerPageUs.median.toFixed(0), p50Ms.toFixed(2), p99Ms.toFixed(2)];
}

function comparisonRow({ title, ratio, target, met }: ComparisonFigures): string[] {
  const { median, min, max } = ratio;
  return [
    title,
    `${median.toFixed(2)} (${min.toFixed(2)}..${max.toFixed(2)})`,
    target?.atLeast.toString() ?? '-',
    target?.aim.toString() ?? '-',
    saysMet(met),
  ];
}

function remarks({ parts, quick }: BenchReport): string[] {
  return [
    ...parts.flatMap(({ part, wanted, kept, discarded, brokenOff, control }) => {
      const { median, min, max } = spreadOf(
        control.filter((round) => round.kept).map(({ cpuPerPageUs }) => cpuPerPageUs),
      );
      return [
        `Rounds of ${part}: ${kept} of ${wanted} kept, ${discarded} discarded; control ${median.toFixed(0)} us/page (${min.toFixed(0)}..${max.toFixed(0)})`,
        ...brokenOff.map((why) => `A round of ${part} was broken off: ${why.slice(0, 70)}`),
      ];
    }),
    ...(parts.some(({ kept, wanted }) => kept < wanted)
      ? ['The machine was too disturbed: too few rounds could be kept. Do not publish this.']
      : []),
    ...(quick ? ['A quick run: its figures mean nothing.'] : []),
  ];
}

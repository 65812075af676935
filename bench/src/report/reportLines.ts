import { spreadOf } from '../measure/spread.ts';
import type { BenchReport, ComparisonFigures, ServerFigures } from './benchReport.ts';
import { plainTable } from './plainTable.ts';

/** The report as one screen: at most 24 lines of 100 columns. */
export function reportLines(report: BenchReport): string[] {
  const { machine, servers, comparisons } = report;
  const { cores, node, redis, commit, loadBefore } = machine;
  return [
    `${cores} cores, Node ${node}, ${redis}, commit ${commit}, load before ${loadBefore.toFixed(1)}`,
    '',
    ...plainTable(['server', 'pages/s', 'CPU us/page', 'p50 ms', 'p99 ms'], servers.map(serverRow)),
    '',
    ...plainTable(
      ['CPU per page, peer / mediator', 'ratio (spread)', 'at least', 'aim', 'met?'],
      comparisons.map(comparisonRow),
    ),
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
    { aim: 'yes, the aim too', yes: 'yes', no: 'NO', none: '-' }[met ?? 'none'],
  ];
}

function remarks({ rounds, control, quick }: BenchReport): string[] {
  const { wanted, kept, discarded } = rounds;
  const cpu = spreadOf(control.filter((round) => round.kept).map(({ cpuPerPageUs }) => cpuPerPageUs));
  return [
    `Rounds: ${kept} of ${wanted} kept, ${discarded} discarded; control ${cpu.median.toFixed(0)} us/page (${cpu.min.toFixed(0)}..${cpu.max.toFixed(0)})`,
    ...(kept < wanted
      ? ['The machine was too disturbed: too few rounds could be kept. Do not publish this.']
      : []),
    ...(quick ? ['A quick run: its figures mean nothing.'] : []),
  ];
}

import type { NeverLostOptions, Outcome } from './runNeverLost.ts';

/** What became of a run, as lines: the counts, and every fault with its evidence. */
export function report(
  { seed }: Pick<NeverLostOptions, 'seed'>,
  { ledger, settledMs, tookMs }: Outcome,
): string {
  const { counts, faults, strikes } = ledger;
  const ofKind = (kind: string) => faults.filter((fault) => fault.kind === kind).length;
  const lines = [
    `seed ${seed}, ${Math.round(tookMs / 100) / 10} s`,
    `acknowledged ${counts.acknowledged}, kills ${strikes.length}; refused (503) ${counts.refused}, broken off ${counts.brokenOff}, given up ${counts.abandoned}, sent late ${counts.lateOnes}`,
    `pages ${counts.pages}, versions seen ${counts.versionsSeen}; slowest answer ${Math.round(ledger.slowestAnswerMs)} ms; settled after ${settledMs.join(' and ')} ms`,
    `lost ${ofKind('lost')}, phantom ${ofKind('phantom')}, torn ${ofKind('torn')}, rolled back ${ofKind('rolled back')}, left over ${ofKind('left over')}, unexpected answers ${ofKind('unexpected answer')}, standstills ${ofKind('standstill')}`,
  ];
  if (faults.length > 0) {
    lines.push('strikes:', ...strikes.map((strike) => `  ${strike}`), 'faults:');
    lines.push(
      ...faults.map(({ kind, atMs, evidence }) => `  ${atMs} ms: ${kind} ${JSON.stringify(evidence)}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

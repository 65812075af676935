// Compares composed pages with the best of all pages, by brute force, on seeded instances; docs/composition.md says
// what the figures mean. Exits 1 when a page is worse than is promised there.
import { parseArgs } from 'node:util';
import { type Regime, regimes } from '../packages/composition/src/testing/instances.ts';
import {
  distributionOf,
  type Outcome,
  shareOf,
  tryInstance,
} from '../packages/composition/src/testing/proof.ts';

const usage = `npm run prove -- [options]

  --instances N   of each regime (${regimes.map(({ name }) => name).join(', ')}); 1000 unless told
  --seed N        of the first instance; the others count on from it; 1 unless told
  --help          this
`;

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const percent = (part: number): string => `${(100 * part).toFixed(2)} %`;
const share = (count: number): string => `${count} of ${instances}`;

const { values } = parseArgs({
  options: { instances: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
});
const instances = Number(values.instances ?? 1_000);
const firstSeed = Number(values.seed ?? 1);

if (values.help === true) process.stdout.write(usage);
else if (!Number.isInteger(instances) || instances < 1 || !Number.isInteger(firstSeed)) {
  process.stderr.write(`--instances takes a whole number from 1, --seed a whole number.\n\n${usage}`);
  process.exitCode = 2;
} else {
  const isProven = regimes.map(prove).every(Boolean);
  process.exitCode = isProven ? 0 : 1;
}

function prove(regime: Regime): boolean {
  const outcomes = Array.from({ length: instances }, (_, index) => {
    showProgress(regime, index);
    return tryInstance(regime, firstSeed + index);
  });
  showProgress(regime, instances);
  const { catalogue, listLength, name } = regime;
  const lines = [
    `${name}: 8 widgets of ${listLength} items out of ${catalogue}, 4 placements, 4 to 6 items each; ${instances} instances`,
    ...(['greedy', 'reallocated', 'result'] as const).map((page) => distributionLine(page, outcomes)),
    `  best page found in ${share(outcomes.filter((one) => shareOf(one.result, one) > 1 - 1e-9).length)}`,
    `  bound above the best page by ${percent(mean(outcomes.map((one) => one.bound / one.optimum.score - 1)))} on average`,
    `  pages that left out a widget that could be added: ${outcomes.filter((one) => one.isAddable).length}`,
    `  other pages tried: ${mean(outcomes.map((one) => one.iterations)).toFixed(1)} on average`,
  ];
  process.stdout.write(`${lines.join('\n')}\n\n`);
  const result = distributionOf(outcomes.map((one) => shareOf(one.result, one)));
  const isBounded = outcomes.every((one) => one.bound >= one.optimum.score - 1e-9);
  return result.mean >= 0.995 && result.first >= 0.94 && isBounded && !outcomes.some((one) => one.isAddable);
}

function distributionLine(page: 'greedy' | 'reallocated' | 'result', outcomes: readonly Outcome[]): string {
  const of = distributionOf(outcomes.map((one) => shareOf(one[page], one)));
  const less = outcomes.filter((one) => one[page].filled < one.optimum.filled).length;
  return `  ${page.padEnd(11)} mean ${of.mean.toFixed(4)}  1st percentile ${of.first.toFixed(4)}  least ${of.least.toFixed(4)}  less full than could be: ${less}`;
}

function showProgress({ name }: Regime, done: number): void {
  if (!process.stderr.isTTY) return;
  const bar = '#'.repeat(Math.round((30 * done) / instances)).padEnd(30, '.');
  process.stderr.write(done === instances ? '\r\u001b[K' : `\r${name.padEnd(8)} ${bar} ${done}/${instances}`);
}

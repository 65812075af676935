import { report } from './neverLost/report.ts';
import { runNeverLost } from './neverLost/runNeverLost.ts';
import { planStrikes } from './neverLost/strikes.ts';
import { testWithRealRedis } from './support/needs.ts';

const setting = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

testWithRealRedis(
  'what was acknowledged is on pages, whole and never older than before, whoever is killed meanwhile',
  async () => {
    const seed = setting('CHAOS_SEED', Date.now() % 1_000_000);
    const kills = setting('CHAOS_KILLS', 10);
    const options = { publications: setting('CHAOS_PUBLICATIONS', 2_000), kills, seed };
    const outcome = await runNeverLost(options);
    process.stdout.write(`never lost: ${report(options, outcome)}`);
    const { ledger } = outcome;
    expect(ledger.faults).toEqual([]);
    expect(ledger.counts.acknowledged).toBeGreaterThanOrEqual(options.publications);
    expect(ledger.strikes).toHaveLength(options.kills);
    // Else nothing would have been looked at.
    expect(ledger.counts.versionsSeen).toBeGreaterThan(options.publications / 10);
  },
  240_000,
);

test('the same seed kills the same, each alone and all together among them', () => {
  const plan = planStrikes(20, 7);
  expect(plan).toEqual(planStrikes(20, 7));
  expect(plan).not.toEqual(planStrikes(20, 8));
  expect(plan.slice(0, 5).map((victims) => victims.length)).toEqual([1, 1, 1, 1, 4]);
  expect(plan.every((victims) => victims.length > 0)).toBe(true);
});

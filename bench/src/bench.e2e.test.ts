import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conditions } from './faults/fault.ts';
import { breakerStates } from './faults/measureFaults.ts';
import { BenchReport } from './report/benchReport.ts';
import { scenarios } from './scenarios/scenarios.ts';

const hasRealRedis = ['redis-server', 'valkey-server'].some(
  (name) => spawnSync(name, ['--version']).error === undefined,
);
if (!hasRealRedis)
  process.stderr.write('No redis-server or valkey-server: the tests of the bench are skipped.\n');
const testWithRealRedis = hasRealRedis || process.env['REQUIRE_REDIS'] === '1' ? test : test.skip;

const main = join(__dirname, '..', 'dist', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quickest = ['--quick', '--rounds', '1', '--seconds', '0.2', '--warm-up', '0.2'];

function bench(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, TMPDIR: folder } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output: () => output, exited };
}

testWithRealRedis(
  'a quick run measures every server and compares every peer',
  async () => {
    const file = join(folder, 'quick.json');
    const run = bench(...quickest, '--only', ...scenarios.map(({ kind }) => kind), '--json', file);
    expect([await run.exited, run.output()]).toEqual([0, expect.stringContaining('mean nothing')]);

    const report = BenchReport.parse(JSON.parse(readFileSync(file, 'utf8')));
    const peers = scenarios.flatMap((scenario) => scenario.peers);
    expect(report.servers.map(({ server }) => server).sort()).toEqual(
      [...scenarios.map(({ name }) => `mediator-${name}`), ...peers.map(({ name }) => name)].sort(),
    );
    for (const { cpuPerPageUs, p99Ms, rounds } of report.servers) {
      expect(cpuPerPageUs.median).toBeGreaterThan(0);
      expect(p99Ms).toBeGreaterThan(0);
      expect(rounds.every(({ pages }) => pages > 0)).toBe(true);
    }
    expect(report.comparisons.map(({ peer, target }) => [peer, target])).toEqual(
      peers.map(({ name, target }) => [name, target ?? null]),
    );
    expect(report.comparisons.every(({ ratio }) => ratio.min > 0)).toBe(true);
  },
  120_000,
);

testWithRealRedis(
  'a quick run grows, and makes sources fail in every way, and every page is complete all the same',
  async () => {
    const file = join(folder, 'faults.json');
    const run = bench(...quickest, '--only', 'registered', 'faults', 'hung', '--json', file);
    expect([await run.exited, run.output()]).toEqual([0, expect.stringContaining('one source hung')]);

    const { growth, faults, hung } = BenchReport.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(growth.map(({ of, points }) => [of, ...points.map(({ size }) => size)])).toEqual([
      ['registered', 10, 200],
    ]);
    expect(faults.map(({ condition, breaker }) => [condition, breaker])).toEqual(
      breakerStates.flatMap((breaker) => conditions.map((condition) => [condition, breaker])),
    );
    const p50Of = (condition: string, breaker: string) =>
      faults.find((one) => one.condition === condition && one.breaker === breaker)?.p50OverBudgetMs;
    expect(p50Of('hung', 'closed')).toBeGreaterThan(0);
    expect(p50Of('slow', 'closed')).toBeGreaterThan(0);
    const [closed, open] = hung;
    expect(closed?.inFlight.most).toBeGreaterThan(0);
    expect(open?.inFlight.p50).toBe(0);
  },
  120_000,
);

testWithRealRedis(
  'a quick run publishes, follows what was published to another mediator, and starts a third with all of it',
  async () => {
    const file = join(folder, 'publications.json');
    const run = bench('--quick', '--only', 'publications', '--json', file);
    expect([await run.exited, run.output()]).toEqual([0, expect.stringContaining('per second and core')]);

    const [figures, ...more] = BenchReport.parse(JSON.parse(readFileSync(file, 'utf8'))).publications;
    expect(more).toEqual([]);
    expect(figures?.perSecondAndCore.min).toBeGreaterThan(0);
    expect(figures?.visible.p99Ms).toBeGreaterThan(0);
    expect(figures?.stored).toMatchObject({ registered: 20, published: 40 });
    expect(figures?.stored.startMs).toBeGreaterThan(0);
    expect(figures?.beside.pageUs.min).toBeGreaterThan(0);
    expect(figures?.beside.published).toBeGreaterThan(0);
    expect(figures?.hostile.pages.hostile.p99Ms).toBeGreaterThan(0);
    expect(figures?.hostile.p99Ratio.mean).toBeGreaterThan(0);
    expect(figures?.hostile.sent).toBeGreaterThan(0);
    expect(figures?.users.made).toBeGreaterThan(0);
    expect(figures?.users.shown).toBeGreaterThan(0);
  },
  180_000,
);

testWithRealRedis(
  'interrupted, it stops what it started and says so',
  async () => {
    const run = bench('--quick', '--only', 'pushed', '--json', join(folder, 'never.json'));
    await firstOutputOf(run.child);
    run.child.kill('SIGINT');
    expect(await run.exited).toBe(130);
    expect(run.output()).toContain('Stopped.');
    expect(readdirSync(folder).filter((name) => name.startsWith('bench-'))).toEqual([]);
  },
  120_000,
);

const firstOutputOf = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.stderr?.once('data', resolve));

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type RunningRedis, startRedis } from '@widget-mediator/launcher';
import { BenchFailure } from './benchFailure.ts';
import { startGenerator } from './load/startGenerator.ts';
import { measureRounds, warmUp } from './measure/measureRounds.ts';
import type { Instruments } from './measure/measureTurn.ts';
import type { BenchOptions } from './options.ts';
import type { Cleanup } from './processes/createCleanup.ts';
import { createStage, type Stage } from './processes/stage.ts';
import { profileMediators } from './profileMediators.ts';
import { createProgress } from './report/createProgress.ts';
import { createReport } from './report/createReport.ts';
import { describeMachine } from './report/describeMachine.ts';
import { reportLines } from './report/reportLines.ts';
import { scenarios } from './scenarios/scenarios.ts';
import { type Contestant, setUpScenario } from './scenarios/setUpScenario.ts';

export interface Surroundings {
  /** The top folder of the repository. */
  readonly root: string;
  /** For the run's own files. */
  readonly folder: string;
  readonly cleanup: Cleanup;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Starts everything, measures, prints and writes what came of it. Stopping everything is the caller's. */
export async function runBench(options: BenchOptions, surroundings: Surroundings): Promise<void> {
  const { root, folder, cleanup, print } = surroundings;
  const redis = await startRealRedis(surroundings);
  const machine = await describeMachine(root, redis);
  const stage = createStage({ root, folder, redisUrl: redis.url }, cleanup);
  const instruments = await setUpInstruments(stage);
  const all = await setUpContestants(stage, options);
  const isProfile = options.profileFolder !== undefined;
  const contestants = isProfile ? all.filter(({ peer }) => peer === undefined) : all;

  const turns = contestants.length * (isProfile ? 1 : 1 + options.plan.rounds);
  const progress = createProgress(turns, process.stderr);
  cleanup.add(async () => progress.end());
  const effort = { plan: options.plan, onTurn: progress.step };
  await warmUp(instruments, contestants, effort);
  if (options.profileFolder !== undefined) {
    const { plan, profileFolder } = options;
    const lines = await profileMediators(instruments, contestants, { plan, folder: profileFolder });
    progress.end();
    lines.forEach(print);
    return;
  }
  const rounds = await measureRounds(instruments, contestants, effort);
  progress.end();
  const report = createReport({ contestants, rounds, machine }, options);
  const jsonFile = options.jsonFile ?? join(root, 'bench', 'results', 'latest.json');
  await mkdir(dirname(jsonFile), { recursive: true });
  await writeFile(jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  reportLines(report).forEach(print);
}

/** Its own, whatever REDIS_URL says: what others do with a shared one would be measured too. */
async function startRealRedis({ folder, cleanup, signal }: Surroundings): Promise<RunningRedis> {
  const redis = await startRedis({ dataDir: join(folder, 'redis'), signal });
  cleanup.add(redis.stop);
  if (redis.kind === 'javascript') {
    throw new BenchFailure(
      'Figures need a real Redis, and neither redis-server nor valkey-server is on the PATH. Install one.',
    );
  }
  return redis;
}

async function setUpInstruments(stage: Stage): Promise<Instruments> {
  const child = stage.start({ name: 'control', entry: 'measure/control.js' });
  const [port = 0] = await child.ports();
  const marks = [{ text: '"digest":', times: 1 }];
  const load = {
    server: 'control',
    port,
    path: '/',
    headers: {},
    marks,
    requestsPerSecond: 40,
    connections: 2,
  };
  return { generator: startGenerator(stage), control: { child, load } };
}

async function setUpContestants(stage: Stage, { only }: BenchOptions): Promise<readonly Contestant[]> {
  const contestants: Contestant[] = [];
  for (const scenario of scenarios) {
    if (only === undefined || only === scenario.name)
      contestants.push(...(await setUpScenario(stage, scenario)));
  }
  return contestants;
}

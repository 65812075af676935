import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type RunningRedis, startRedis } from '@widget-mediator/launcher';
import { BenchFailure } from './benchFailure.ts';
import { startGenerator } from './load/startGenerator.ts';
import { warmUp } from './measure/measureRounds.ts';
import type { Instruments } from './measure/measureTurn.ts';
import type { BenchOptions } from './options.ts';
import { faults } from './parts/faults.ts';
import { growingRegistered, growingSources, growth } from './parts/growth.ts';
import { hung } from './parts/hung.ts';
import { chosenScenarios, pages } from './parts/pages.ts';
import type { Part } from './parts/part.ts';
import { publications } from './parts/publications.ts';
import { setUpAll } from './parts/setUpAll.ts';
import { type Cleanup, createCleanup } from './processes/createCleanup.ts';
import { createStage, type Stage } from './processes/stage.ts';
import { profileMediators } from './profileMediators.ts';
import type { Findings } from './report/benchReport.ts';
import { createProgress, type Progress } from './report/createProgress.ts';
import { createReport } from './report/createReport.ts';
import { describeMachine } from './report/describeMachine.ts';
import { reportLines } from './report/reportLines.ts';

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
  const { root, print } = surroundings;
  const redis = await startRealRedis(surroundings);
  const machine = await describeMachine(root, redis);
  if (options.profileFolder !== undefined) {
    (await profile({ ...options, profileFolder: options.profileFolder }, redis, surroundings)).forEach(print);
    return;
  }
  const found = await measureParts(options, redis, surroundings);
  const report = createReport(found, machine, options);
  const jsonFile = options.jsonFile ?? join(root, 'bench', 'results', 'latest.json');
  await mkdir(dirname(jsonFile), { recursive: true });
  await writeFile(jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  reportLines(report).forEach(print);
}

/** One part after the other, each with processes of its own, so that none is measured beside another's. */
async function measureParts(
  options: BenchOptions,
  redis: RunningRedis,
  surroundings: Surroundings,
): Promise<readonly Partial<Findings>[]> {
  const parts = partsOf(options);
  const progress = startProgress(
    parts.reduce((sum, { turns }) => sum + turns, 0),
    surroundings,
  );
  const found: Partial<Findings>[] = [];
  for (const part of parts) {
    const own = createCleanup();
    surroundings.cleanup.add(own.run);
    const stage = createStage({ ...surroundings, redisUrl: redis.url }, own);
    const instruments = await setUpInstruments(stage);
    found.push(await part.measure({ stage, instruments, options, onTurn: progress.step }));
    await own.run();
  }
  progress.end();
  return found;
}

function partsOf(options: BenchOptions): readonly Part[] {
  const part = { sources: growingSources, registered: growingRegistered };
  return [
    pages(options),
    ...(['sources', 'registered'] as const)
      .filter((subject) => options.only.includes(subject))
      .map((subject) => growth(part[subject], options)),
    ...(options.only.includes('faults') ? [faults(options)] : []),
    ...(options.only.includes('hung') ? [hung(options)] : []),
    ...(options.only.includes('publications') ? [publications(options)] : []),
  ];
}

/** Where the time of the mediators goes whose pages are asked for. */
async function profile(
  options: BenchOptions & { readonly profileFolder: string },
  redis: RunningRedis,
  surroundings: Surroundings,
): Promise<string[]> {
  const { plan, profileFolder: folder } = options;
  const stage = createStage({ ...surroundings, redisUrl: redis.url }, surroundings.cleanup);
  const instruments = await setUpInstruments(stage);
  const mediators = (await setUpAll(stage, chosenScenarios(options))).filter(
    ({ peer }) => peer === undefined,
  );
  const progress = startProgress(mediators.length, surroundings);
  await warmUp(instruments, mediators, { plan, onTurn: progress.step });
  const lines = await profileMediators(instruments, mediators, { plan, folder });
  progress.end();
  return lines;
}

function startProgress(turns: number, { cleanup }: Surroundings): Progress {
  const progress = createProgress(turns, process.stderr);
  cleanup.add(async () => progress.end());
  return progress;
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

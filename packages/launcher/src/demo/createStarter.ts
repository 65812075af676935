import { join } from 'node:path';
import { createLogPrinter } from '../output/createLogPrinter.ts';
import { createPaint } from '../output/createPaint.ts';
import { startProcess } from '../process/startProcess.ts';
import { supervise } from '../process/supervise.ts';
import { type RunningRedis, startRedis } from '../redis/startRedis.ts';
import { StartFailure } from '../startFailure.ts';
import { type Crew, type Tier, tiers } from './crew.ts';
import type { DemoOptions } from './demo.ts';
import type { ProcessPlan } from './demoProcesses.ts';

/** Starts the demo's processes under supervision, and tells how it goes. */
export interface Starter {
  readonly redis: () => Promise<RunningRedis>;
  readonly mediator: (plan: ProcessPlan) => Promise<void>;
  /** Starts all at once; when one fails, the others are given up. */
  readonly edge: (plans: readonly ProcessPlan[]) => Promise<void>;
}

interface Surroundings {
  readonly crew: Crew;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
  readonly recommenders: readonly string[];
  /** Called when the demo cannot go on. */
  readonly fail: (sentence: string) => void;
}

/** State survives in Redis, and Redis' own in its file: both may come back without anybody's doing. */
const MAX_RESTARTS = 3;

export function createStarter(
  options: DemoOptions,
  { crew, print, signal, recommenders, fail }: Surroundings,
): Starter {
  const { colour = false } = options;
  const paint = createPaint(colour);
  const names = ['redis', 'mediator', 'storefront', ...recommenders];
  const width = Math.max(...names.map((name) => name.length));
  const logOf = options.quiet ? () => () => {} : createLogPrinter({ width, colour, print });
  const report = (sentence: string) => print(paint('yellow', sentence));

  const timed = async <Started>(
    name: string,
    start: () => Promise<{ readonly started: Started; readonly where: string }>,
  ): Promise<Started> => {
    const startedAt = performance.now();
    const { started, where } = await start();
    const elapsed = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    print(`  ${paint('green', '✓')} ${name.padEnd(width)}  ${where}  ${paint('dim', elapsed)}`);
    return started;
  };

  const start = async (plan: ProcessPlan, tier: Tier, givenUp: AbortSignal): Promise<void> => {
    const essential = tier === tiers.mediator;
    const supervised = await timed(plan.name, async () => ({
      started: await supervise({
        name: plan.name,
        start: (stopping) => startProcess({ ...plan, log: logOf(plan.name), signal: stopping }),
        maxRestarts: essential ? MAX_RESTARTS : 0,
        withoutIt: essential ? 'The demo cannot go on without it.' : 'Everything else goes on without it.',
        report,
        signal: givenUp,
      }),
      where: plan.healthUrl === undefined ? 'started' : new URL(plan.healthUrl).origin,
    }));
    crew.add({ name: plan.name, tier, supervised });
    if (essential) void supervised.lost.then(fail);
  };

  return {
    async redis() {
      // What it says while it starts is for a failure's message; the rest is worth a line.
      const log = logOf('redis');
      let started = false;
      let port: number | undefined;
      const supervised = await timed('redis', async () => {
        const redis = await supervise({
          name: 'redis',
          async start(stopping) {
            started = false;
            const redis = await startRedis({
              dataDir: join(options.dataDir, 'redis'),
              port,
              url: options.redisUrl,
              kind: options.redisKind,
              environment: options.environment,
              signal: stopping,
              log: (line) => started && log(line),
            });
            // Started again, it must be where the mediator looks for it.
            port = redis.port;
            started = true;
            return redis;
          },
          maxRestarts: MAX_RESTARTS,
          withoutIt: 'The demo cannot go on without it.',
          report,
          signal,
        });
        const { kind, version } = redis.current();
        return { started: redis, where: `${kind} ${version}` };
      });
      crew.add({ name: 'redis', tier: tiers.store, supervised });
      void supervised.lost.then(fail);
      return supervised.current();
    },

    mediator: (plan) => start(plan, tiers.mediator, signal),

    async edge(plans) {
      const giveUp = new AbortController();
      const either = AbortSignal.any([signal, giveUp.signal]);
      const outcomes = await Promise.allSettled(
        plans.map(async (plan) => {
          try {
            await start(plan, tiers.edge, either);
          } catch (error) {
            giveUp.abort();
            throw error;
          }
        }),
      );
      signal.throwIfAborted();
      const reasons: unknown[] = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason] : [],
      );
      if (reasons.length > 0) throw reasons.find((reason) => reason instanceof StartFailure) ?? reasons[0];
    },
  };
}

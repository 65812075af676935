import { z } from 'zod';
import { budgetMs } from '../faults/faultyPage.ts';
import type { Faulty } from '../faults/startFaulty.ts';
import type { Load } from '../load/load.ts';
import type { Instruments } from '../measure/measureTurn.ts';
import { percentile } from '../measure/percentile.ts';
import type { HungPlan } from '../options.ts';

/** A mediator with one hung source, watched for a while. */
export interface Watched {
  readonly memory: { readonly before: Memory; readonly after: Memory };
  /** Calls to the hung source, sampled twice a budget in the second half of the time. */
  readonly inFlight: readonly number[];
}

/** In bytes. RSS goes up and down with the collector's rhythm: it is the median of samples. The heap is what garbage left. */
export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

/** Puts the same load on all of them at the same time: first with healthy sources, until memory has settled, then with one hung. */
export async function measureHung(
  { generator }: Instruments,
  mediators: readonly Faulty[],
  { requestsPerSecond, warmUpSeconds, seconds }: HungPlan,
): Promise<readonly Watched[]> {
  const before = await watched(warmUpSeconds);
  for (const { set } of mediators) await set('hung');
  const after = await watched(seconds);
  return mediators.map((_, index) => {
    const [healthy, hung] = [before[index], after[index]];
    if (healthy === undefined || hung === undefined) throw new Error('a mediator was not watched');
    return { memory: { before: healthy.memory, after: hung.memory }, inFlight: hung.inFlight };
  });

  /** What each mediator showed in the second half of so much load. */
  async function watched(forSeconds: number) {
    const loads = mediators.map(
      ({ server: { name, request } }): Load => ({
        server: name,
        ...request,
        requestsPerSecond,
        seconds: forSeconds,
      }),
    );
    const watch = watchFrom(forSeconds * 500, mediators);
    await generator.run(loads, async () => watch.start());
    const samples = await watch.stop();
    return Promise.all(
      mediators.map(async ({ server }, index) => {
        const { inFlight = [], rss = [] } = samples[index] ?? {};
        const heapUsed = z.number().parse(await server.child.ask('heapUsed'));
        return { memory: { rss: percentile(rss, 0.5), heapUsed }, inFlight };
      }),
    );
  }
}

/** Samples every mediator twice a budget, from `afterMs` on, until it is stopped or one is gone. */
function watchFrom(afterMs: number, mediators: readonly Faulty[]) {
  const samples = mediators.map(() => ({ inFlight: [] as number[], rss: [] as number[] }));
  let timer: NodeJS.Timeout | undefined;
  let sampling: Promise<unknown> = Promise.resolve();
  const sample = async ({ server, inFlight }: Faulty, index: number) => {
    const [calls, rss] = await Promise.all([inFlight(), server.child.ask('rss')]);
    samples[index]?.inFlight.push(calls);
    samples[index]?.rss.push(z.number().parse(rss));
  };
  return {
    start() {
      const startedAt = performance.now();
      timer = setInterval(() => {
        if (performance.now() - startedAt < afterMs) return;
        sampling = Promise.all(mediators.map(sample)).catch(() => clearInterval(timer));
      }, budgetMs / 2);
    },
    async stop() {
      clearInterval(timer);
      await sampling;
      return samples;
    },
  };
}

import { z } from 'zod';
import { budgetMs } from '../faults/faultyPage.ts';
import type { Faulty } from '../faults/startFaulty.ts';
import type { Load } from '../load/load.ts';
import type { Instruments } from '../measure/measureTurn.ts';
import type { HungPlan } from '../options.ts';

/** A mediator with one hung source, watched for a while. */
export interface Watched {
  readonly name: string;
  readonly memory: { readonly before: Memory; readonly after: Memory };
  /** Calls to the hung source, sampled twice a budget. */
  readonly inFlight: readonly number[];
}

/** Bytes, once all garbage is collected. */
export const Memory = z.object({ rss: z.number(), heapUsed: z.number() });
export type Memory = z.infer<typeof Memory>;

/** A breaker has opened by then. */
const openWithinMs = 3_000;

/** Puts the same load on all of them at the same time: first with healthy sources, until memory has settled, then with one hung. */
export async function measureHung(
  { generator }: Instruments,
  mediators: readonly Faulty[],
  { requestsPerSecond, warmUpSeconds, seconds }: HungPlan,
): Promise<readonly Watched[]> {
  const load = (forSeconds: number): Load[] =>
    mediators.map(({ server }) => ({
      server: server.name,
      ...server.request,
      requestsPerSecond,
      seconds: forSeconds,
    }));
  await generator.run(load(warmUpSeconds), async () => {});
  const before = await Promise.all(mediators.map(memoryOf));
  for (const { set } of mediators) await set('hung');
  let watching: { stop: () => Promise<readonly (readonly number[])[]> } | undefined;
  await generator.run(load(seconds), async () => {
    watching = watch(mediators);
  });
  const inFlight = (await watching?.stop()) ?? [];
  const after = await Promise.all(mediators.map(memoryOf));
  return mediators.map(({ server }, index) => ({
    name: server.name,
    memory: { before: before[index] ?? nothing, after: after[index] ?? nothing },
    inFlight: inFlight[index] ?? [],
  }));
}

const nothing: Memory = { rss: Number.NaN, heapUsed: Number.NaN };

const memoryOf = async ({ server }: Faulty): Promise<Memory> =>
  Memory.parse(await server.child.ask('memory'));

/** Samples what is in flight, from when breakers that open have done so, until it is stopped or a source is gone. */
function watch(mediators: readonly Faulty[]) {
  const samples: number[][] = mediators.map(() => []);
  const startedAt = performance.now();
  let sampling: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    if (performance.now() - startedAt < openWithinMs) return;
    sampling = Promise.all(
      mediators.map(async ({ inFlight }, index) => samples[index]?.push(await inFlight())),
    ).catch(() => clearInterval(timer));
  }, budgetMs / 2);
  return {
    async stop() {
      clearInterval(timer);
      await sampling;
      return samples;
    },
  };
}

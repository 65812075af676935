import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import type { Contestant } from './contestants.ts';
import { timePages } from './timePages.ts';

/** The stages of `compose`, by the name of their functions, in order. */
export const stages = ['admit', 'score', 'allocate', 'explain'] as const;
export type Stage = (typeof stages)[number];

/** The share of a page's time that each stage takes; without what is outside them, garbage collection most of all. */
export type StageShares = Readonly<Record<Stage, number>>;

/** Samples a contestant's pages with V8's profiler, every 100 µs: so that the stages need not be reached from outside. */
export async function sampleStages(contestant: Contestant, milliseconds: number): Promise<StageShares> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 100 });
    await session.post('Profiler.start');
    timePages(contestant, milliseconds);
    const { profile } = await session.post('Profiler.stop');
    return stageShares(profile);
  } finally {
    session.disconnect();
  }
}

/** The shares of the samples below `compose` that are in each stage, or in what it calls; 0 when there are none. */
export function stageShares({ nodes, samples = [] }: Profiler.Profile): StageShares {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stageOf = new Map<number, Stage>();
  const walk = (id: number, stage: Stage | undefined): void => {
    const node = byId.get(id);
    if (stage !== undefined) stageOf.set(id, stage);
    for (const child of node?.children ?? []) {
      const name = byId.get(child)?.callFrame.functionName;
      const begun =
        node?.callFrame.functionName === 'compose' ? stages.find((one) => one === name) : undefined;
      walk(child, stage ?? begun);
    }
  };
  const [root] = nodes;
  if (root !== undefined) walk(root.id, undefined);
  const counts = { admit: 0, score: 0, allocate: 0, explain: 0 };
  let all = 0;
  for (const sample of samples) {
    const stage = stageOf.get(sample);
    if (stage === undefined) continue;
    counts[stage] += 1;
    all += 1;
  }
  const shareOf = (stage: Stage) => (all === 0 ? 0 : counts[stage] / all);
  return {
    admit: shareOf('admit'),
    score: shareOf('score'),
    allocate: shareOf('allocate'),
    explain: shareOf('explain'),
  };
}

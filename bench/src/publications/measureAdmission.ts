import { Redis } from 'ioredis';
import { z } from 'zod';
import type { PublicationsPlan } from '../options.ts';
import type { Stage } from '../processes/stage.ts';
import type { Publications } from './startPublications.ts';

/** One round of publishing as fast as acknowledgements come, one by one or all segments of a widget in lines. CPU in microseconds. */
export interface AdmissionRound {
  readonly acknowledged: number;
  readonly tookMs: number;
  readonly latenciesUs: readonly number[];
  /** Of the mediator that is published to, with the jobs it does. */
  readonly mediatorCpuUs: number;
  readonly redisCpuUs: number;
}

export async function measureAdmission(
  stage: Stage,
  { first, publish, targets, byWidget }: Publications,
  {
    plan: { rounds, seconds, connections, stored },
    inLines,
  }: { readonly plan: PublicationsPlan; readonly inLines: boolean },
): Promise<readonly AdmissionRound[]> {
  const redis = new Redis(stage.redisUrl);
  const cpuUs = async () =>
    [z.number().parse(await first.child.ask('cpuUs')), await redisCpuUs(redis)] as const;
  const measured: AdmissionRound[] = [];
  // The first is the warm-up.
  for (let round = 0; round <= rounds; round += 1) {
    const [mediatorBefore, redisBefore] = await cpuUs();
    const { acknowledged, tookMs, latenciesUs } = await publish({
      targets: [...(inLines ? byWidget : targets)],
      connections: inLines ? Math.ceil(connections / stored.audiences) : connections,
      lines: inLines ? stored.audiences : 1,
      seconds,
    });
    const [mediatorAfter, redisAfter] = await cpuUs();
    if (round === 0) continue;
    const mediatorCpuUs = mediatorAfter - mediatorBefore;
    measured.push({ acknowledged, tookMs, latenciesUs, mediatorCpuUs, redisCpuUs: redisAfter - redisBefore });
  }
  redis.disconnect();
  return measured;
}

async function redisCpuUs(redis: Redis): Promise<number> {
  const info = await redis.info('cpu');
  const seconds = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]);
  return (seconds('used_cpu_user') + seconds('used_cpu_sys')) * 1e6;
}

import { z } from 'zod';
import type { PublicationsPlan } from '../options.ts';
import type { RunningMediator } from '../processes/startMediator.ts';
import type { Publications } from './startPublications.ts';

/** By publication, in microseconds, how long after its acknowledgement another mediator's page showed it, while others publish. */
export async function measureVisibility(
  { first, publishers, publish, targets, followed }: Publications,
  { second, plan }: { readonly second: RunningMediator; readonly plan: PublicationsPlan },
): Promise<readonly number[]> {
  const {
    followed: times,
    beside: { publicationsPerSecond },
  } = plan;
  let visibleUs: number[] = [];
  let isFollowed = false;
  const follow = async () => {
    const following = { publishPort: first.port, pagePort: second.port, target: followed, times };
    visibleUs = z.array(z.number()).parse(await publishers.ask('follow', following));
    isFollowed = true;
  };
  const publishMeanwhile = async () => {
    while (!isFollowed) {
      await publish({ targets: [...targets], connections: 8, seconds: 1, perSecond: publicationsPerSecond });
    }
  };
  await Promise.all([follow(), publishMeanwhile()]);
  return visibleUs;
}

import type { Ending, Endings } from '../store/endings.ts';
import { inBatches } from '../store/inBatches.ts';
import type { RegistrationStore } from '../store/redisRegistrationStore.ts';
import { widgetOf } from '../store/widgetKey.ts';
import type { ExpireContent } from './expireContent.ts';

/** Removes the content whose end was noted and has come. Resolves to how much that was. */
export type ExpireDue = () => Promise<{ expired: number }>;

export interface ExpireDueParts {
  readonly endings: Pick<Endings, 'due' | 'settle'>;
  readonly registrations: Pick<RegistrationStore, 'read'>;
  readonly expire: ExpireContent;
  readonly now: () => number;
}

/** By one job; the next one, a moment later, goes on. */
const mostOfOne = 5_000;
const atOnce = 50;

export function createExpireDue({ endings, registrations, expire, now }: ExpireDueParts): ExpireDue {
  return async () => {
    let expired = 0;
    await inBatches(await endings.due(now(), mostOfOne), atOnce, async (ending: Ending) => {
      const outcome = await expire(ending, await registrations.read(widgetOf(ending.widget)));
      if (outcome === 'removed') expired += 1;
      await endings.settle(ending, typeof outcome === 'string' ? undefined : outcome.atMs);
    });
    return { expired };
  };
}

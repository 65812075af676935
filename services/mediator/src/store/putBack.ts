import type { Registration } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { storableHeld } from '../registry/storedContent.ts';
import type { Change } from './change.ts';
import type { LostContent } from './contentFollower.ts';
import { inBatches } from './inBatches.ts';
import type { PublicationStore } from './publicationStore.ts';
import type { RedisKeys } from './redisKeys.ts';
import type { RegistrationStore } from './redisRegistrationStore.ts';
import { widgetKey } from './widgetKey.ts';

export interface Lost {
  /** Undefined when the store still has the registrations that memory follows. */
  readonly registrations: readonly Registration[] | undefined;
  readonly contents: readonly LostContent[];
}

export interface PutBackParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly log: Logger;
}

/** Writes into the store what it lost and memory still has. What is newer there, or was removed, stays as it is. */
export type PutBack = (lost: Lost) => Promise<void>;

const batch = 100;

export function createPutBack(parts: PutBackParts): PutBack {
  const { redis, keys, registrations, publications, log } = parts;
  return async ({ registrations: lost, contents }) => {
    if (lost !== undefined) registrations.follow(await registrations.putBack(lost));
    await inBatches(contents, batch, putBackContent);
    if (lost === undefined && contents.length === 0) return;
    const counts = { registrations: lost?.length ?? 0, contents: contents.length };
    log.error(counts, 'redis lost what it had acknowledged; put back from memory');
    const change: Change = { kind: 'resync' };
    await redis.publish(keys.changes, JSON.stringify(change));
  };

  async function putBackContent({ registration, held, overAtMs }: LostContent): Promise<void> {
    const storable = storableHeld(registration.manifest, held);
    if (storable === undefined) return;
    const { audience } = held;
    await publications.admit({ widget: widgetKey(registration), audience, ...storable, overAtMs });
  }
}

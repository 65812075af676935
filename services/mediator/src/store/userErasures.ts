import type { UserErasure } from '@widget-mediator/contracts';
import { LRUCache } from 'lru-cache';
import { keyed } from '../homepage/keyed.ts';
import type { PublicationStore } from './publicationStore.ts';
import type { Author, RecordStore } from './recordStore.ts';
import type { RecordFollower } from './recordWatch.ts';
import { StoreUnavailable } from './storeUnavailable.ts';

/** Erases users from the store, and has every mediator forget them. */
export interface UserErasures {
  /** Removes all that was published for a user. Throws `StoreUnavailable`. */
  erase(user: string, by: Author): Promise<UserErasure>;
  /** Forgets, in this process, who was erased by any. */
  readonly follower: RecordFollower;
}

export interface UserErasureParts {
  readonly records: Pick<RecordStore, 'change'>;
  readonly publications: Pick<PublicationStore, 'removeUser'>;
  /** Makes the names under which the log knows users; the same for all mediators. */
  readonly secret: string;
  /** Forgets one user in this process, or all of them. */
  readonly forget: (user?: string) => void;
}

/** Erasures that were announced, and need not be made good when the log is looked at. */
const rememberedErasures = 10_000;

export function createUserErasures({
  records,
  publications,
  secret,
  forget,
}: UserErasureParts): UserErasures {
  const key = keyed(secret, 'erased user');
  const done = new LRUCache<string, true>({ max: rememberedErasures });

  return {
    async erase(user, by) {
      // First, so that nobody who is told reads it again; and a removal without its entry can be asked for again.
      const removed = await publications.removeUser(user);
      const subject = keyed(key, user).slice(0, 32);
      const at = new Date(by.atMs).toISOString();
      const { team, key: keyId } = by;
      const made = await records.change({
        entry: { at, team, key: keyId, action: 'erased', kind: 'user', subject },
        expected: null,
        next: null,
        announce: { kind: 'user', user, erasure: nameOf({ subject, at }) },
      });
      if (!made) throw new StoreUnavailable(new Error('a record stands where none is ever written'));
      return { subject, publications: removed };
    },

    follower: {
      kind: 'user',
      hear(change) {
        if (change.kind !== 'user') return;
        done.set(change.erasure, true);
        forget(change.user);
      },
      // The log does not say who it was: whoever it was is forgotten with all others.
      async load(missed) {
        if (missed === 'all' || missed.some((entry) => !done.has(nameOf(entry)))) forget();
      },
    },
  };
}

/** A user may be erased twice. */
const nameOf = ({ subject, at }: { readonly subject: string; readonly at: string }): string =>
  `${subject} ${at}`;

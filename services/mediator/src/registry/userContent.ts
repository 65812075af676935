import { LRUCache } from 'lru-cache';
import { type Content, createContent } from '../intake/content.ts';
import type { PublicationStore } from '../store/publicationStore.ts';
import { widgetKey, widgetOf } from '../store/widgetKey.ts';
import type { Registry } from './registry.ts';

/** One user's own content, by widget. */
export type UserContents = ReadonlyMap<string, Content>;

/** Content that was published for single users: read from the store in one round trip, kept for a while. */
export interface UserContent {
  /** True when any widget ever had content for single users; else nobody needs to ask. */
  isUsed(): boolean;
  /** What is in memory; undefined when the store must be asked. */
  cached(user: string): UserContents | undefined;
  /** What was read last, however long ago: for pages when the store does not answer. */
  remembered(user: string): UserContents | undefined;
  /** Asks the store. Throws `StoreUnavailable`. */
  load(user: string): Promise<UserContents>;
  forget(user: string): void;
  /** Content is made under a manifest: when one changes, all of it is made again. */
  forgetAll(): void;
  /** Learns again which widgets publish for single users, and has the store asked again for what is cached. */
  resync(): Promise<void>;
  noteUsed(): void;
}

const freshForMs = 60_000;

/** What is held of a list, to the length of its JSON: as measured by `npm run bench -- --only publications`. */
const bytesHeld = 2.5;

interface Remembered {
  readonly contents: UserContents;
  /** Of the comparison with the store after which it was read. */
  readonly comparison: number;
}

/** @param maxBytes of memory that is kept at most, about */
export function createUserContent(
  store: Pick<PublicationStore, 'readUser' | 'userScopedWidgets'>,
  registry: Registry,
  maxBytes = 64 * 2 ** 20,
): UserContent {
  const cache = new LRUCache<string, Remembered>({
    maxSize: maxBytes,
    sizeCalculation: ({ contents }) =>
      [...contents.values()].reduce(
        (sum, { fragments }) => sum + Math.ceil(bytesHeld * fragments.bytes),
        1_000,
      ),
    ttl: freshForMs,
    noDeleteOnStaleGet: true,
  });
  const loading = new Map<string, Promise<UserContents>>();
  let used = false;
  let comparison = 0;

  return {
    isUsed: () => used,
    cached(user) {
      const found = cache.get(user);
      return found?.comparison === comparison ? found.contents : undefined;
    },
    remembered: (user) => cache.get(user, { allowStale: true })?.contents,
    load(user) {
      const running = loading.get(user);
      if (running !== undefined) return running;
      const started: Promise<UserContents> = read(user)
        .then((contents) => {
          // Whoever forgot the user meanwhile knew of something newer.
          if (loading.get(user) === started) cache.set(user, { contents, comparison });
          return contents;
        })
        .finally(() => {
          if (loading.get(user) === started) loading.delete(user);
        });
      loading.set(user, started);
      return started;
    },
    forget(user) {
      cache.delete(user);
      loading.delete(user);
    },
    forgetAll() {
      cache.clear();
      loading.clear();
    },
    async resync() {
      const widgets = await store.userScopedWidgets();
      // A store that lost this may still have their content; and it may have been noted since it was read.
      used ||= widgets.size > 0;
      comparison += 1;
      loading.clear();
    },
    noteUsed() {
      used = true;
    },
  };

  async function read(user: string): Promise<UserContents> {
    const contents = new Map<string, Content>();
    for (const [key, stored] of await store.readUser(user)) {
      const widget = widgetOf(key);
      const registration = registry.get(widget);
      if (registration === undefined || widgetKey(registration) !== key) continue;
      contents.set(widget, createContent(registration.manifest, stored.publication, stored));
    }
    return contents;
  }
}

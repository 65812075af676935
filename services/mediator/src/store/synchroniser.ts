import type { Registration } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { changeOf } from '../registry/changeOf.ts';
import { audienceKey, type ContentMemory } from '../registry/contentMemory.ts';
import type { Registry } from '../registry/registry.ts';
import type { UserContent } from '../registry/userContent.ts';
import { Change } from './change.ts';
import { createContentFollower } from './contentFollower.ts';
import { gather } from './gather.ts';
import { inBatches } from './inBatches.ts';
import type { AdmissionRequest, PublicationStore } from './publicationStore.ts';
import type { PutBack } from './putBack.ts';
import type { RedisKeys } from './redisKeys.ts';
import type { RegistrationStore } from './redisRegistrationStore.ts';
import type { StatisticsStore } from './statisticsStore.ts';
import { widgetOf } from './widgetKey.ts';

/**
 * Keeps memory equal to the store: told of changes by pub/sub, and compared in full on reconnect and on a timer. Only what
 * the store has lost stays, and is put back.
 */
export interface Synchroniser {
  /** True once memory has been equal to the store. */
  isSynchronised(): boolean;
  /** Resolves when memory has been equal to the store for the first time. */
  start(): Promise<void>;
  /** Compares now, and not only when it is time. */
  compareNow(): void;
  stop(): Promise<void>;
}

export interface SynchroniserParts {
  readonly subscriber: Redis;
  readonly keys: RedisKeys;
  readonly registrations: RegistrationStore;
  readonly publications: PublicationStore;
  readonly statistics: StatisticsStore;
  readonly registry: Registry;
  readonly contents: ContentMemory;
  readonly users: UserContent;
  readonly log: Logger;
  readonly everyMs: number;
  readonly now: () => number;
  readonly putBack: PutBack;
  /** A widget that memory knew is gone. */
  readonly onUnregistered: (widget: string) => void;
}

const retryMs = 500;
/** What is read together: many, but not so many that pages would wait while they are made ready. */
const readAtOnce = 50;

type PublicationChange = Extract<Change, { kind: 'publication' }>;
type RegistrationChange = Extract<Change, { kind: 'registration' }>;
/** Where something was published, and what, if this process admitted it. */
interface Announced extends Pick<PublicationChange, 'widget' | 'audience'> {
  readonly own?: AdmissionRequest;
}

export function createSynchroniser(parts: SynchroniserParts): Synchroniser {
  const { subscriber, keys, registrations, statistics, registry, users, log } = parts;
  const follower = createContentFollower(parts);
  let synchronised = false;
  let reportFirst = (): void => {};
  const first = new Promise<void>((resolve) => {
    reportFirst = resolve;
  });
  let behind = false;
  let hurried = false;
  let timer: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  /** Changes are applied one after the other, so that the memory never goes back to an older read. */
  let queue: Promise<void> = Promise.resolve();
  /** Changes come by the hundred. */
  const followSoon = {
    publication: gather<Announced>(inTurn, (all) => inBatches(all, readAtOnce, followPublication)),
    registration: gather<string>(inTurn, followRegistrations),
  };

  return {
    isSynchronised: () => synchronised,
    start() {
      subscriber.on('message', (_channel, message) => hear(message));
      subscriber.on('ready', () => inTurn(subscribeAndResync));
      if (subscriber.status === 'ready') inTurn(subscribeAndResync);
      compareLater();
      return first;
    },
    compareNow() {
      if (hurried) return;
      hurried = true;
      inTurn(() => {
        hurried = false;
        return resync();
      });
    },
    async stop() {
      subscriber.removeAllListeners('message');
      await queue;
      clearTimeout(timer);
      clearTimeout(retry);
    },
  };

  function inTurn(work: () => Promise<void>): void {
    queue = queue.then(work).catch(fellBehind);
  }

  /** When nobody has said so for longer than a worker would wait: there may be none. */
  function compareLater(): void {
    clearTimeout(timer);
    timer = setTimeout(() => inTurn(resync), 1.5 * parts.everyMs);
    timer.unref();
  }

  function caughtUp(): void {
    compareLater();
    synchronised = true;
    reportFirst();
    if (behind) log.info('memory is equal to the store again');
    behind = false;
  }

  /** What was missed is not known, so everything is compared, soon and until it succeeds. */
  function fellBehind(error: unknown): void {
    if (!behind)
      log.warn({ err: error }, 'could not follow the store; trying again until memory is equal to it');
    behind = true;
    clearTimeout(retry);
    retry = setTimeout(() => inTurn(resync), retryMs);
    retry.unref();
  }

  /** Subscribed first: what changes after that is told, what changed before is seen by the comparison, which passes over nothing. */
  async function subscribeAndResync(): Promise<void> {
    await subscriber.subscribe(keys.changes);
    await resync(true);
  }

  function hear(message: string): void {
    const own = parts.publications.ownAdmission(message);
    if (own !== undefined) {
      note({ widget: widgetOf(own.widget), audience: own.audience, own });
      return;
    }
    let change: Change;
    try {
      change = Change.parse(JSON.parse(message));
    } catch (error) {
      fellBehind(error);
      return;
    }
    if (change.kind === 'publication') note(change);
    else if (change.kind === 'registration') followSoon.registration(change.widget, change.widget);
    else inTurn(() => apply(change));
  }

  function note({ widget, audience, own }: Announced): void {
    if (audience.type === 'user') {
      users.noteUsed();
      users.forget(audience.user);
      return;
    }
    const place = `${widget} ${audienceKey(audience)}`;
    followSoon.publication(place, { widget, audience, ...(own && { own }) });
  }

  async function apply(change: Exclude<Change, PublicationChange | RegistrationChange>): Promise<void> {
    switch (change.kind) {
      case 'records':
      case 'user':
        // The record watch is told of it, too, and waits for nothing that is done here.
        return;
      case 'statistics':
        return statistics.load();
      case 'resync':
        return resync();
    }
  }

  async function followRegistrations(widgets: readonly string[]): Promise<void> {
    const found: Registration[] = [];
    await inBatches(widgets, readAtOnce, async (widget) => {
      const registration = await registrations.read(widget);
      if (registration === undefined) {
        forget(widget);
        return;
      }
      adopt(registration);
      found.push(registration);
    });
    await follower.compare(found);
  }

  /** Nothing of another incarnation may be left when this one can be seen. */
  function adopt(registration: Registration): void {
    const widget = registration.manifest.metadata.id;
    const known = registry.get(widget);
    if (known !== undefined && known.incarnation !== registration.incarnation) forget(widget);
    registry.set(widget, registration);
    users.forgetAll();
  }

  function forget(widget: string): void {
    const registration = registry.get(widget);
    if (registration !== undefined) follower.forget(registration);
    registry.set(widget, undefined);
    parts.onUnregistered(widget);
  }

  async function followPublication({ widget, audience, own }: Announced): Promise<void> {
    const registration = registry.get(widget);
    if (registration !== undefined) await follower.follow(registration, audience, own);
  }

  async function resync(anew = false): Promise<void> {
    const lost = await resyncRegistrations();
    const lostContents = await follower.compare([...registry.all()], anew);
    await users.resync();
    await statistics.load();
    await parts.putBack({ registrations: lost, contents: lostContents });
    caughtUp();
  }

  /** Returns what the store lost, if it lost any. */
  async function resyncRegistrations(): Promise<Registration[] | undefined> {
    const { registrations: stored, generation, isLost } = await registrations.readWhole();
    const missing = [...registry.all()].filter(({ manifest }) => !stored.has(manifest.metadata.id));
    if (!isLost) for (const { manifest } of missing) forget(manifest.metadata.id);
    for (const [widget, registration] of stored) {
      const known = registry.get(widget);
      if (known === undefined || changeOf(known) !== changeOf(registration)) adopt(registration);
    }
    if (isLost) return missing;
    if (generation === undefined) await beginGeneration();
    else registrations.follow(generation);
    return undefined;
  }

  /** Best effort: a store that cannot be written to can be followed all the same. */
  async function beginGeneration(): Promise<void> {
    await registrations.putBack([]).then(registrations.follow, (error: unknown) => {
      log.debug({ err: error }, 'the store was not marked');
    });
  }
}

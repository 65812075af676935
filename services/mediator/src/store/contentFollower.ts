import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Audience, Registration } from '@widget-mediator/contracts';
import { lifetimeOf } from '../intake/content.ts';
import { changeOf } from '../registry/changeOf.ts';
import { audienceKey, type ContentMemory, type Held } from '../registry/contentMemory.ts';
import { inBatches } from './inBatches.ts';
import type { AdmissionRequest, PublicationStore, StampedAudience } from './publicationStore.ts';
import { readStamp, stampOf } from './stamp.ts';
import { parseStored, type StoredRecord } from './storedPublication.ts';
import { widgetKey, widgetOf } from './widgetKey.ts';

/** What memory holds, whose time is not over, and that the store has lost. */
export interface LostContent {
  readonly registration: Registration;
  readonly held: Held;
  readonly overAtMs: number;
}

/** Keeps the memory of content equal to the store, but for what the store has lost. */
export interface ContentFollower {
  /** Reads what was announced, unless this process has admitted it itself. */
  follow(registration: Registration, audience: Audience, own?: AdmissionRequest): Promise<void>;
  /**
   * Reads what differs by its stamp, or was made under another manifest. Returns what memory keeps and the store lost. Widgets
   * whose state is what it was when memory was equal to the store are passed over, unless all is to be looked at `anew`.
   */
  compare(registrations: readonly Registration[], anew?: boolean): Promise<LostContent[]>;
  /** Lets go of all content of a registration that is gone. */
  forget(registration: Registration): void;
}

export interface ContentFollowerParts {
  readonly publications: PublicationStore;
  readonly contents: ContentMemory;
  readonly now: () => number;
}

/** A start reads all there is: many together, but not so many that pages would wait while they are made ready. */
const rereadAtOnce = 50;

/** Clocks differ: what is about to end was not lost, but removed by somebody whose clock is ahead. */
const clockSkewMs = 10_000;

export function createContentFollower({
  publications,
  contents,
  now,
}: ContentFollowerParts): ContentFollower {
  /** How the store stood when memory was equal to it; under another manifest, content is made again. */
  const lastEqual = new WeakMap<Registration, string>();

  return {
    async follow(registration, audience, own) {
      const key = widgetKey(registration);
      const isKnown = own !== undefined && own.widget === key && isNews(own);
      const found = isKnown
        ? { stamp: stampOf(own), record: own.record }
        : await publications.readRecord(key, audience);
      if (found === undefined) await compare([registration]);
      else put(registration, audience, found);
    },
    compare,
    forget(registration) {
      lastEqual.delete(registration);
      contents.remove(registration.manifest.metadata.id);
    },
  };

  /** Memory may have read ahead of what is told, and must not go back for even a moment. */
  function isNews({ widget, audience, version }: AdmissionRequest): boolean {
    const held = contents.held(widgetOf(widget)).get(audienceKey(audience));
    return held === undefined || readStamp(held.stamp).version < version;
  }

  async function compare(registrations: readonly Registration[], anew = false): Promise<LostContent[]> {
    const registrationOf = new Map(registrations.map((one) => [widgetKey(one), one]));
    const lost: LostContent[] = [];
    const changed: Changed[] = [];
    const equal: [Registration, string][] = [];
    const states = await publications.states([...registrationOf.keys()]);
    const news = [...states].flatMap(([key, state]) => {
      const registration = registrationOf.get(key);
      return registration === undefined || (!anew && lastEqual.get(registration) === state) ? [] : [key];
    });
    for (const [key, stamped] of await publications.stamps(news)) {
      const registration = registrationOf.get(key);
      if (registration === undefined) continue;
      const lostHere = lostOf(registration, stamped);
      lost.push(...lostHere);
      changed.push(...settle(registration, stamped, lostHere));
      if (lostHere.length === 0) equal.push([registration, states.get(key) ?? '']);
      // Each is looked into: pages go on in between.
      else await nextTurn();
    }
    await inBatches(changed, rereadAtOnce, reread);
    // Only now: what could not be read is to be looked at again.
    for (const [registration, state] of equal) lastEqual.set(registration, state);
    return lost;
  }

  /** What memory holds, and of which the store has no stamp, or the same one without the content. */
  function lostOf(registration: Registration, stamped: readonly StampedAudience[]): LostContent[] {
    const stampOf = new Map(stamped.map((one) => [audienceKey(one.audience), one]));
    return [...contents.held(registration.manifest.metadata.id)].flatMap(([audience, held]) => {
      const one = stampOf.get(audience);
      const isGone = one === undefined || (!one.live && one.stamp === held.stamp);
      const overAtMs = isGone ? endOf(registration, held) : 0;
      return isUnexpired(overAtMs) ? [{ registration, held, overAtMs }] : [];
    });
  }

  /** Lets go of what the store has let go of; returns what is to be read. */
  function settle(
    registration: Registration,
    stamped: readonly StampedAudience[],
    lost: readonly LostContent[],
  ): Changed[] {
    const { id: widget } = registration.manifest.metadata;
    const held = contents.held(widget);
    const kept = new Set(lost.map((one) => audienceKey(one.held.audience)));
    const known = new Set(stamped.map(({ audience }) => audienceKey(audience)));
    for (const audience of [...held.keys()]) {
      if (!known.has(audience) && !kept.has(audience)) contents.remove(widget, audience);
    }
    return stamped.flatMap(({ audience, stamp, live }) => {
      const one = held.get(audienceKey(audience));
      if (kept.has(audienceKey(audience))) return [];
      if (!live) contents.expire(widget, audience, stamp);
      const same = one?.stamp === stamp && one.change === changeOf(registration);
      return live && !same ? [{ registration, audience }] : [];
    });
  }

  /** What the store removes because its time is over is not lost; nor is what is removed on purpose, which has another stamp. */
  function isUnexpired(overAtMs: number): boolean {
    return overAtMs > now() + clockSkewMs;
  }

  /** The store is not as it was when memory was last equal to it, and may fall back to just that. */
  function put(registration: Registration, audience: Audience, found: StoredRecord): void {
    lastEqual.delete(registration);
    contents.put(registration, audience, found);
  }

  async function reread({ registration, audience }: Changed): Promise<void> {
    const found = await publications.readRecord(widgetKey(registration), audience);
    if (found !== undefined) put(registration, audience, found);
  }
}

/** When what is held is over; 0 when it cannot be read. It stays as it is held. */
function endOf({ manifest }: Registration, held: Held): number {
  const record = held.record();
  if (record === undefined) return held.content()?.staleUntilMs ?? 0;
  const stored = parseStored(record.toString());
  return stored === undefined
    ? 0
    : lifetimeOf(manifest, stored.publication, stored.admittedAtMs).staleUntilMs;
}

interface Changed {
  readonly registration: Registration;
  readonly audience: Audience;
}

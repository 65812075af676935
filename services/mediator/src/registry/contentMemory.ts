import type { Audience, DeliveryCode, Registration } from '@widget-mediator/contracts';
import { type Content, createContent, freshnessAt } from '../intake/content.ts';
import { readStamp, type Stamp } from '../store/stamp.ts';
import { parseStored, type StoredPublication, type StoredRecord } from '../store/storedPublication.ts';
import { changeOf } from './changeOf.ts';

/** Content for a page, or why there is none. */
export type Found =
  | { readonly found: true; readonly content: Content; readonly provenance: 'fresh' | 'stale' }
  | { readonly found: false; readonly code: DeliveryCode };

/** The published content for everyone and for segments, validated and serialised, in memory. */
export interface ContentMemory {
  /** What is held, by {@link audienceKey}. */
  held(widget: string): ReadonlyMap<string, Held>;
  /**
   * Holds a publication for an audience. The store decides which; calls come in the order of the reads from it. One that
   * cannot be read is passed over.
   */
  put(registration: Registration, audience: Audience, found: StoredRecord): void;
  /** Remembers that there was content for an audience whose time is over, or that was withdrawn, as its stamp says. */
  expire(widget: string, audience: Audience, stamp: Stamp): void;
  /** Forgets what is held for one audience ({@link audienceKey}), or all of the widget's. */
  remove(widget: string, audience?: string): void;
  /** The first usable content for these segments, in their order, then for everyone; an abstention ends the search. */
  find(widget: string, segments: readonly string[], nowMs: number): Found;
}

/** What is held for one audience. */
export interface Held {
  readonly audience: Audience;
  readonly stamp: Stamp;
  /** Of the registration that it was made under. */
  readonly change: string;
  /** Made when it is first asked for; undefined once the store has let go of it, or when it cannot be read. */
  readonly content: () => Content | undefined;
  /** The record that it is to be made of; undefined once it has been. */
  readonly record: () => Buffer | undefined;
  /** Why it has. */
  readonly absence: 'expired' | 'withdrawn';
}

export function createContentMemory(): ContentMemory {
  const widgets = new Map<string, Map<string, Held>>();

  return {
    held: (widget) => widgets.get(widget) ?? new Map(),
    put(registration, audience, { stamp, record }) {
      const made =
        audience.type === 'everyone'
          ? madeNow(registration, parseStored(record.toString()))
          : whenAsked(registration, record);
      if (made === undefined) return;
      const change = changeOf(registration);
      hold(registration.manifest.metadata.id, { audience, stamp, change, ...made, absence: 'expired' });
    },
    expire(widget, audience, stamp) {
      const absence = readStamp(stamp).withdrawnAtMs === undefined ? 'expired' : 'withdrawn';
      hold(widget, { audience, stamp, change: '', content: nothing, record: nothing, absence });
    },
    remove(widget, audience) {
      if (audience === undefined) widgets.delete(widget);
      else widgets.get(widget)?.delete(audience);
    },
    find(widget, segments, nowMs) {
      const held = widgets.get(widget);
      let missed: Found = { found: false, code: 'no-publication' };
      if (held === undefined) return missed;
      for (const audience of [...segments.map((segment) => `segment:${segment}`), 'everyone']) {
        const one = held.get(audience);
        if (one === undefined) continue;
        const found: Found = usable(one.content(), nowMs) ?? { found: false, code: one.absence };
        if (found.found || found.code === 'abstained') return found;
        if (missed.code === 'no-publication') missed = found;
      }
      return missed;
    },
  };

  function hold(widget: string, held: Held): void {
    const audiences = widgets.get(widget) ?? new Map<string, Held>();
    audiences.set(audienceKey(held.audience), held);
    widgets.set(widget, audiences);
  }
}

type Made = Pick<Held, 'content' | 'record'>;

const nothing = (): undefined => undefined;

/** What everybody's pages show is made at once, so that none of them waits for it. */
function madeNow({ manifest }: Registration, stored: StoredPublication | undefined): Made | undefined {
  if (stored === undefined) return undefined;
  const content = createContent(manifest, stored.publication, stored);
  return { content: () => content, record: nothing };
}

/** Most lists for segments are on no page before the next one comes: they are bytes until they are. */
function whenAsked({ manifest }: Registration, record: Buffer): Made {
  let bytes: Buffer | undefined = record;
  let content: Content | undefined;
  return {
    content() {
      if (bytes === undefined) return content;
      const stored = parseStored(bytes.toString());
      bytes = undefined;
      content = stored && createContent(manifest, stored.publication, stored);
      return content;
    },
    record: () => bytes,
  };
}

/** Content as a page may use it now; undefined when there is none at all. An empty publication is an abstention. */
export function usable(content: Content | undefined, nowMs: number): Found | undefined {
  if (content === undefined) return undefined;
  const freshness = freshnessAt(content, nowMs);
  switch (freshness) {
    case 'expired':
    case 'not-yet-valid':
      return { found: false, code: freshness };
    case 'fresh':
    case 'stale':
      return content.candidate.items.length === 0
        ? { found: false, code: 'abstained' }
        : { found: true, content, provenance: freshness };
  }
}

/** Names an audience inside one widget. */
export function audienceKey(audience: Audience): string {
  switch (audience.type) {
    case 'everyone':
      return 'everyone';
    case 'segment':
      return `segment:${audience.segment}`;
    case 'user':
      return `user:${audience.user}`;
  }
}

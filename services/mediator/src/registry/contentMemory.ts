import type { Audience, DeliveryCode, Registration, WidgetManifest } from '@widget-mediator/contracts';
import { type Content, createContent, freshnessAt } from '../intake/content.ts';
import type { Stamp } from '../store/publicationStore.ts';
import { stampOf } from '../store/publicationStore.ts';
import type { StoredPublication } from '../store/storedPublication.ts';

/** Content for a page, or why there is none. */
export type Found =
  | { readonly found: true; readonly content: Content; readonly provenance: 'fresh' | 'stale' }
  | { readonly found: false; readonly code: DeliveryCode };

/** The published content for everyone and for segments, validated and serialised, in memory. */
export interface ContentMemory {
  /** The stamp of what is held, by {@link audienceKey}. */
  stamps(widget: string): ReadonlyMap<string, Stamp>;
  /** Holds a publication, unless a newer one is held. */
  put(registration: Registration, stored: StoredPublication): void;
  /** Forgets what is held for one audience ({@link audienceKey}), or all of the widget's. */
  remove(widget: string, audience?: string): void;
  /** The first usable content for these segments, in their order, then for everyone. */
  find(widget: string, segments: readonly string[], nowMs: number): Found;
}

interface Held {
  readonly stamp: Stamp;
  readonly version: number;
  readonly content: Content;
}

export function createContentMemory(): ContentMemory {
  const widgets = new Map<string, Map<string, Held>>();

  return {
    stamps(widget) {
      return new Map([...(widgets.get(widget) ?? [])].map(([key, held]) => [key, held.stamp]));
    },
    put({ manifest }, stored) {
      const widget = manifest.metadata.id;
      const held = widgets.get(widget) ?? new Map<string, Held>();
      const key = audienceKey(stored.publication.audience);
      const current = held.get(key);
      if (current !== undefined && current.version > stored.publication.version) return;
      held.set(key, toHeld(manifest, stored));
      widgets.set(widget, held);
    },
    remove(widget, audience) {
      if (audience === undefined) widgets.delete(widget);
      else widgets.get(widget)?.delete(audience);
    },
    find(widget, segments, nowMs) {
      const held = widgets.get(widget);
      if (held === undefined) return { found: false, code: 'no-publication' };
      let missed: Found = { found: false, code: 'no-publication' };
      for (const segment of segments) {
        const found = usable(held.get(`segment:${segment}`)?.content, nowMs);
        if (found?.found === true) return found;
        missed = found ?? missed;
      }
      const found = usable(held.get('everyone')?.content, nowMs);
      return found ?? missed;
    },
  };
}

/** Content as a page may use it now; undefined when there is none at all. An empty publication is an abstention. */
export function usable(content: Content | undefined, nowMs: number): Found | undefined {
  if (content === undefined) return undefined;
  if (content.candidate.items.length === 0) return { found: false, code: 'abstained' };
  const freshness = freshnessAt(content, nowMs);
  switch (freshness) {
    case 'fresh':
    case 'stale':
      return { found: true, content, provenance: freshness };
    case 'expired':
    case 'not-yet-valid':
      return { found: false, code: freshness };
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

const toHeld = (manifest: WidgetManifest, stored: StoredPublication): Held => ({
  stamp: stampOf(stored),
  version: stored.publication.version,
  content: createContent(manifest, stored.publication, stored.admittedAtMs),
});

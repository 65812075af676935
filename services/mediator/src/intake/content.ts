import { hash } from 'node:crypto';
import {
  type Candidate,
  type CandidateItem,
  candidateItem,
  createCandidate,
} from '@widget-mediator/composition';
import type { Item, Publication, WidgetManifest } from '@widget-mediator/contracts';
import { type Fragments, type Serialise, serialiseNow } from './fragments.ts';

/**
 * A validated publication, ready for pages: its candidate for composition and its bytes for the answer, both made
 * once. Times are milliseconds since the epoch.
 */
export interface Content {
  readonly candidate: Candidate;
  readonly title: string;
  readonly itemType: string;
  /** JSON of the widget up to the value of `provenance`. */
  readonly opening: string;
  readonly fragments: Fragments;
  readonly validFromMs: number;
  readonly freshUntilMs: number;
  readonly staleUntilMs: number;
  readonly endMs: number;
}

/** The items of a publication as composition and the page need them. */
export interface ContentList {
  readonly items: readonly CandidateItem[];
  readonly fragments: Fragments;
}

/** Items as a list for pages. */
export const listOf = (
  itemType: string,
  items: readonly Item[],
  serialise: Serialise = serialiseNow,
): ContentList => ({
  items: items.map((item) => candidateItem(itemType, item)),
  fragments: serialise(items),
});

/** What a publication becomes under its widget's manifest, when it was admitted. */
export function createContent(
  manifest: WidgetManifest,
  publication: Publication,
  { admittedAtMs }: { readonly admittedAtMs: number },
): Content {
  const list = listOf(manifest.spec.itemType, publication.items);
  return createContentOf(manifest, publication, { admittedAtMs, list });
}

/** The same with its items in whatever form they came. */
export function createContentOf(
  manifest: WidgetManifest,
  publication: Omit<Publication, 'items'>,
  { admittedAtMs, list }: { readonly admittedAtMs: number; readonly list: ContentList },
): Content {
  const { metadata, spec } = manifest;
  const { version, title = metadata.title } = publication;
  const widget = { id: metadata.id, version, title, itemType: spec.itemType };
  const { validFromMs, freshUntilMs, staleUntilMs, endMs } = lifetimeOf(manifest, publication, admittedAtMs);
  const candidate = createCandidate({
    widget: metadata.id,
    team: metadata.owner,
    version,
    provenance: 'fresh',
    placements: spec.placements,
    minItems: spec.minItems,
    maxItems: spec.maxItems,
    dedupe: spec.dedupe,
    forEveryone: isForEveryone(manifest, publication) ? true : undefined,
    items: list.items,
  });
  // Field by field: it is made of every pulled answer, and spreading objects takes ten times as long.
  return {
    candidate,
    title,
    itemType: spec.itemType,
    opening: widgetOpening(widget),
    fragments: list.fragments,
    validFromMs,
    freshUntilMs,
    staleUntilMs,
    endMs,
  };
}

/** When content may be shown. `endMs` is what its author said, if anything; Infinity otherwise. */
export type Lifetime = Pick<Content, 'validFromMs' | 'freshUntilMs' | 'staleUntilMs' | 'endMs'>;

/** Fresh for `ttlMs` from admission or `validFrom`, whichever is later, stale for `staleForMs` more; over at `expiresAt`. */
export function lifetimeOf(
  manifest: WidgetManifest,
  { validFrom, expiresAt }: Pick<Publication, 'validFrom' | 'expiresAt'>,
  admittedAtMs: number,
): Lifetime {
  const endMs = expiresAt === undefined ? Infinity : Date.parse(expiresAt);
  const validFromMs = validFrom === undefined ? 0 : Date.parse(validFrom);
  return lifetimeFrom(manifest, { validFromMs, endMs }, admittedAtMs);
}

/** The same of content that is admitted once more. */
export function lifetimeFrom(
  { spec }: WidgetManifest,
  { validFromMs, endMs }: Pick<Lifetime, 'validFromMs' | 'endMs'>,
  admittedAtMs: number,
): Lifetime {
  const freshUntilMs = Math.max(admittedAtMs, validFromMs) + spec.delivery.ttlMs;
  return {
    validFromMs,
    freshUntilMs: Math.min(freshUntilMs, endMs),
    staleUntilMs: Math.min(freshUntilMs + spec.delivery.staleForMs, endMs),
    endMs,
  };
}

/** Whether every viewer is given this list: not what a source was asked for one of them, nor what is for a few. */
const isForEveryone = (
  { spec: { delivery } }: WidgetManifest,
  { audience }: Pick<Publication, 'audience'>,
): boolean =>
  delivery.mode === 'pull'
    ? !delivery.vary.includes('user') && !delivery.vary.includes('segments')
    : audience.type === 'everyone';

/** A widget as it could be shown: what composition and the page need of it beside its items. */
export interface Showable
  extends Pick<Candidate, 'team' | 'version' | 'placements' | 'minItems' | 'maxItems' | 'dedupe'> {
  readonly id: string;
  readonly title: string;
  readonly itemType: string;
}

/** What of content is shown: everything but its times. */
export type Presented = Pick<Content, 'candidate' | 'title' | 'itemType' | 'opening' | 'fragments'>;

/** The candidate (provenance fresh) and the bytes of a widget. */
export function present(widget: Showable, { items, fragments }: ContentList): Presented {
  const { id, version, title, itemType, ...rules } = widget;
  return {
    candidate: createCandidate({ widget: id, version, provenance: 'fresh', items, ...rules }),
    title,
    itemType,
    opening: widgetOpening({ id, version, title, itemType }),
    fragments,
  };
}

/** The JSON of a placed widget up to the value of `provenance`. */
export function widgetOpening(widget: Pick<Showable, 'id' | 'version' | 'title' | 'itemType'>): string {
  const { id, version, title, itemType } = widget;
  return `${JSON.stringify({ id, version, title, itemType }).slice(0, -1)},"provenance":`;
}

/** How usable content is at a moment. */
export type Freshness = 'not-yet-valid' | 'fresh' | 'stale' | 'expired';

/** Where in its lifetime content is. */
export function freshnessAt(content: Lifetime, nowMs: number): Freshness {
  if (nowMs < content.validFromMs) return 'not-yet-valid';
  if (nowMs < content.freshUntilMs) return 'fresh';
  return nowMs < content.staleUntilMs ? 'stale' : 'expired';
}

/** A digest of a publication's JSON (SHA-256, base64url): the same content has the same digest. */
export const publicationDigest = (json: Buffer): string => hash('sha256', json, 'base64url');

import type { Audience } from '@widget-mediator/contracts';
import type { StoredPublication } from './storedPublication.ts';
import type { WidgetKey } from './widgetKey.ts';

/** What became of a publication in the store. */
export type Admission =
  | { readonly status: 'stored' }
  | { readonly status: 'outdated' | 'reused'; readonly currentVersion: number };

/** A change stamp of stored content: equal stamps, equal content. */
export type Stamp = string;

/** One publication to admit; user-scoped ones are forgotten `keepMs` after admission. */
export interface AdmissionRequest {
  readonly widget: WidgetKey;
  readonly audience: Audience;
  readonly stored: StoredPublication;
  readonly keepMs: number;
}

/** The durable store of publications. Every method throws `StoreUnavailable` when it cannot be reached in time. */
export interface PublicationStore {
  /** Durable once it resolves to stored; an older version never replaces a newer one. */
  admit(request: AdmissionRequest): Promise<Admission>;
  /** What {@link admit} would answer now; stores nothing. */
  wouldAdmit(request: AdmissionRequest): Promise<Admission>;
  /** What is stored for one audience of a widget. */
  read(widget: WidgetKey, audience: Audience): Promise<StoredPublication | undefined>;
  /** The stamps of all content that widgets ever had for everyone and for segments. */
  stamps(widgets: readonly WidgetKey[]): Promise<ReadonlyMap<WidgetKey, readonly StampedAudience[]>>;
  /** All content for one user, by widget, in one round trip. */
  readUser(user: string): Promise<ReadonlyMap<WidgetKey, StoredPublication>>;
  /** The widgets that ever had content for single users. */
  userScopedWidgets(): Promise<ReadonlySet<string>>;
  /** Removes content that has expired, if the stamp is still the same. */
  expire(widget: WidgetKey, audience: Audience, stamp: Stamp): Promise<boolean>;
  /** Forgets a widget's content for everyone and for segments. */
  removeWidget(widget: WidgetKey): Promise<void>;
}

/** A stamp outlives its content; `live` says whether that is still there. */
export interface StampedAudience {
  readonly audience: Audience;
  readonly stamp: Stamp;
  readonly live: boolean;
}

/** The stamp of stored content, as the admission script writes it. */
export const stampOf = (stored: StoredPublication): Stamp =>
  `${stored.publication.version}:${stored.digest}:${stored.admittedAtMs}`;

import type { Audience } from '@widget-mediator/contracts';
import type { ContentPlace } from './contentPlace.ts';
import type { Stamp } from './stamp.ts';
import type { Storable, StoredPublication, StoredRecord } from './storedPublication.ts';
import type { WidgetKey } from './widgetKey.ts';

/** What became of a publication in the store. `withdrawn`: it was stored once, and does not come back. */
export type Admission =
  | { readonly status: 'stored' }
  | { readonly status: 'outdated' | 'reused' | 'withdrawn'; readonly currentVersion: number };

/** One publication to admit, and when it is over under its manifest; user-scoped ones are forgotten some time after that. */
export interface AdmissionRequest extends Storable {
  readonly widget: WidgetKey;
  readonly audience: Audience;
  readonly overAtMs: number;
}

/** What stands at a place: the stamp of the last version, and its content unless that has expired or was withdrawn. */
export interface Standing {
  readonly stamp: Stamp;
  readonly stored: StoredPublication | undefined;
}

/** What to withdraw: whatever stands there, or only this version. */
export interface Withdrawal {
  readonly place: ContentPlace;
  readonly widget: WidgetKey;
  readonly version?: number;
  readonly atMs: number;
}

/** The durable store of publications. Every method throws `StoreUnavailable` when it cannot be reached in time. */
export interface PublicationStore {
  /** Durable once it resolves to stored; an older version never replaces a newer one. */
  admit(request: AdmissionRequest): Promise<Admission>;
  /** What {@link admit} would answer now; stores nothing. */
  wouldAdmit(request: AdmissionRequest): Promise<Admission>;
  /** What is stored for one audience of a widget. */
  read(widget: WidgetKey, audience: Audience): Promise<StoredPublication | undefined>;
  /** The same, not looked into. */
  readRecord(widget: WidgetKey, audience: Audience): Promise<StoredRecord | undefined>;
  /** What this process has admitted and announced with this message, once: it need not be read back. */
  ownAdmission(message: string): AdmissionRequest | undefined;
  /** Undefined when nothing was ever stored there, or all of it is forgotten. */
  standing(place: ContentPlace): Promise<Standing | undefined>;
  /** The last versions for an audience whose content is kept, newest first; none of those for single users. */
  kept(place: ContentPlace): Promise<StoredPublication[]>;
  /**
   * Takes content away for good: its version is not admitted again. Returns the stamp that stands there afterwards,
   * which is of another version when there was no such one; undefined when nothing is there.
   */
  withdraw(withdrawal: Withdrawal): Promise<Stamp | undefined>;
  /** How what is kept for widgets stands, in a few bytes each: equal again, nothing of it has changed or gone. */
  states(widgets: readonly WidgetKey[]): Promise<ReadonlyMap<WidgetKey, string>>;
  /** The stamps of all content that widgets ever had for everyone and for segments. */
  stamps(widgets: readonly WidgetKey[]): Promise<ReadonlyMap<WidgetKey, readonly StampedAudience[]>>;
  /** All content for one user, by widget, in one round trip. */
  readUser(user: string): Promise<ReadonlyMap<WidgetKey, StoredPublication>>;
  /** Removes all content for one user, and what is known of its versions. Returns how many publications there were. */
  removeUser(user: string): Promise<number>;
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

import type { AuditEntry, TeamId, WidgetManifest } from '@widget-mediator/contracts';
import { parseRecord } from './parseRecord.ts';
import type { RecordStore, RecordVersion } from './recordStore.ts';
import { StoredRegistration } from './redisRegistrationStore.ts';

/** One revision of a registration that is kept. */
export interface KeptRevision {
  readonly entry: AuditEntry & { readonly revision: number };
  /** Of which registration under the id: another one after each removal. */
  readonly incarnation: string;
  readonly manifest: WidgetManifest;
  /** What ended the registration; of its newest revision only. */
  readonly removal?: AuditEntry;
}

/** What is kept of the registrations of the last owner of an id, who may have removed the last of them by now. */
export interface WidgetHistory {
  readonly owner: TeamId;
  readonly isRegistered: boolean;
  /** Newest first. */
  readonly revisions: readonly KeptRevision[];
}

const StoredRevision = StoredRegistration.pick({ manifest: true, revision: true, incarnation: true });

/**
 * The history of a widget: of all registrations by its last owner. Another team may have had the id before, or in between,
 * and what they wrote is nobody else's business. Undefined when nothing is kept. Throws `StoreUnavailable`.
 */
export async function readWidgetHistory(
  records: RecordStore,
  widget: string,
): Promise<WidgetHistory | undefined> {
  const versions = await records.versions('widget', widget);
  // As it was logged: the newest manifest that can be read may be a former owner's.
  const owner = versions.find(({ entry }) => entry.owner !== undefined)?.entry.owner;
  if (owner === undefined) return undefined;
  const revisions = revisionsIn(versions.filter(({ entry }) => entry.owner === owner));
  if (revisions.length === 0) return undefined;
  return { owner, isRegistered: versions[0]?.record !== null, revisions };
}

/** Those that can be read; each removal belongs to the newest before it. */
function revisionsIn(versions: readonly RecordVersion[]): KeptRevision[] {
  const revisions: KeptRevision[] = [];
  let removal: AuditEntry | undefined;
  for (const { entry, record } of versions) {
    if (record === null) removal = entry;
    const registration = parseRecord(StoredRevision, record);
    if (registration === undefined) continue;
    const { manifest, revision, incarnation } = registration;
    revisions.push({
      entry: { ...entry, revision },
      incarnation,
      manifest,
      ...(removal !== undefined && { removal }),
    });
    removal = undefined;
  }
  return revisions;
}

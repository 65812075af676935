import type { AuditEntry, TeamId, WidgetManifest } from '@widget-mediator/contracts';
import { Registration } from '@widget-mediator/contracts';
import { parseRecord } from './parseRecord.ts';
import type { RecordStore } from './recordStore.ts';

/** One revision of a registration that is kept. */
export interface KeptRevision {
  readonly entry: AuditEntry & { readonly revision: number };
  readonly manifest: WidgetManifest;
}

/** What is kept of the last registration under an id, which may be removed by now. */
export interface WidgetHistory {
  readonly owner: TeamId;
  readonly isRegistered: boolean;
  /** Newest first. */
  readonly revisions: readonly KeptRevision[];
}

/**
 * The history of a widget: of its last registration only. Whoever had the id before may have been another team, and what
 * they wrote is nobody else's business. Undefined when nothing is kept. Throws `StoreUnavailable`.
 */
export async function readWidgetHistory(
  records: RecordStore,
  widget: string,
): Promise<WidgetHistory | undefined> {
  const versions = await records.versions('widget', widget);
  const isRegistered = versions[0]?.record !== null;
  const known = isRegistered ? versions : versions.slice(1);
  const end = known.findIndex(({ record }) => record === null);
  const last = end === -1 ? known : known.slice(0, end);
  const revisions = last.flatMap(({ entry, record }): KeptRevision[] => {
    const registration = parseRecord(Registration.pick({ manifest: true, revision: true }), record);
    if (registration === undefined) return [];
    const { manifest, revision } = registration;
    return [{ entry: { ...entry, revision }, manifest }];
  });
  const owner = revisions[0]?.manifest.metadata.owner;
  return owner === undefined ? undefined : { owner, isRegistered, revisions };
}

import { type AuditAction, type Layout, LayoutRecord } from '@widget-mediator/contracts';
import { parseRecord } from './parseRecord.ts';
import type { Author, RecordStore, RecordVersion } from './recordStore.ts';
import { StoreUnavailable } from './storeUnavailable.ts';

/** A layout that an operator set. */
export type StoredLayout = Required<Omit<LayoutRecord, 'warnings'>>;

const Stored = LayoutRecord.omit({ warnings: true }).required();

/** What a change is made under: `record` is what the caller saw and judged it by. */
export interface LayoutChange {
  readonly id: string;
  readonly record: string | null;
  readonly by: Author;
}

/** The durable store of layouts. Every method throws `StoreUnavailable` when it cannot be reached in time. */
export interface LayoutStore {
  readAll(): Promise<readonly StoredLayout[]>;
  /** The record of each, as {@link LayoutChange} wants it, by id. */
  readRecords(): Promise<ReadonlyMap<string, string>>;
  /** Newest first. */
  versions(id: string): Promise<RecordVersion[]>;
  /** Undefined when something else stands there than the caller saw. */
  put(layout: Layout, change: LayoutChange, action: AuditAction): Promise<StoredLayout | undefined>;
  /** False when something else stands there than the caller saw. */
  remove(change: LayoutChange): Promise<boolean>;
}

export function createLayoutStore(records: RecordStore): LayoutStore {
  return {
    readAll: async () =>
      Object.values(await records.readAll('layout')).flatMap((record) => storedOf(record) ?? []),

    readRecords: async () => new Map(Object.entries(await records.readAll('layout'))),

    versions: (id) => records.versions('layout', id),

    async put(layout, change, action) {
      const { id, by } = change;
      const { team, key } = by;
      const revision = 1 + (await lastRevision(id));
      const stored: StoredLayout = { layout, origin: 'store', revision, updatedAt: isoTime(by), team, key };
      const made = await records.change({
        entry: { ...entryOf(change, action), revision },
        expected: change.record,
        next: JSON.stringify(stored),
        announce: { kind: 'records', of: 'layout' },
      });
      return made ? stored : undefined;
    },

    async remove(change) {
      const revision = await lastRevision(change.id);
      return records.change({
        entry: { ...entryOf(change, 'removed'), revision },
        expected: change.record,
        next: null,
        announce: { kind: 'records', of: 'layout' },
      });
    },
  };

  /** It goes on counting after a removal, so that no two versions are called alike. */
  async function lastRevision(id: string): Promise<number> {
    const [last] = await records.versions('layout', id);
    return last?.entry.revision ?? 0;
  }

  function entryOf({ id, by }: LayoutChange, action: AuditAction) {
    return { at: isoTime(by), team: by.team, key: by.key, action, kind: 'layout', subject: id } as const;
  }
}

/** What a record holds; undefined when it does not fit. */
export const storedOf = (record: string | null): StoredLayout | undefined => parseRecord(Stored, record);

/** Only when it cannot settle: somebody else changes the same layout again and again. */
export const keepsChanging = (): StoreUnavailable =>
  new StoreUnavailable(new Error('the layout kept changing'));

const isoTime = ({ atMs }: Author): string => new Date(atMs).toISOString();

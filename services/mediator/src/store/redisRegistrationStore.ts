import { randomUUID } from 'node:crypto';
import { type AuditAction, Registration, type WidgetManifest } from '@widget-mediator/contracts';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { parseRecord } from './parseRecord.ts';
import type { Author, RecordStore } from './recordStore.ts';
import { StoreUnavailable } from './storeUnavailable.ts';

/** The durable store of registrations. Every method throws `StoreUnavailable` when it cannot be reached in time. */
export interface RegistrationStore {
  /** All registrations, by widget. */
  readAll(): Promise<ReadonlyMap<string, Registration>>;
  read(widget: string): Promise<Registration | undefined>;
  /** Stores a manifest under the next revision, unless another team owns the widget; an unchanged one keeps its revision. */
  put(manifest: WidgetManifest, by: Author): Promise<Put>;
  /** False when there was none to remove. */
  remove(widget: string, by: Author): Promise<boolean>;
}

/** A registration as it is stored; those from before there were incarnations are of one. */
const StoredRegistration = Registration.extend({ incarnation: z.string().default('0') });

/** What became of a manifest. `foreign`: the widget is another team's. */
export type Put =
  | { readonly status: 'created' | 'updated' | 'unchanged'; readonly registration: Registration }
  | { readonly status: 'foreign' };

const attempts = 5;
const registrationsRemembered = 1_000;

/** Registrations as records: two teams that claim one id at once cannot both win. */
export function createRedisRegistrationStore(records: RecordStore): RegistrationStore {
  /** Every publication looks its registration up, and most find what the one before found. */
  const lastRead = new LRUCache<string, { readonly record: string; readonly registration: Registration }>({
    max: registrationsRemembered,
  });

  return {
    async readAll() {
      const found = new Map<string, Registration>();
      for (const [widget, record] of Object.entries(await records.readAll('widget'))) {
        const registration = parseRecord(StoredRegistration, record);
        if (registration !== undefined) found.set(widget, registration);
      }
      return found;
    },

    async read(widget) {
      const record = await records.read('widget', widget);
      const last = lastRead.get(widget);
      if (record !== null && last?.record === record) return last.registration;
      const registration = parseRecord(StoredRegistration, record);
      if (record !== null && registration !== undefined) lastRead.set(widget, { record, registration });
      return registration;
    },

    put: (manifest, by) => untilSettled(() => tryPut(manifest, by)),

    remove: (widget, by) =>
      untilSettled(async () => {
        const record = await records.read('widget', widget);
        if (record === null) return false;
        const current = parseRecord(StoredRegistration, record);
        return (await change(widget, by, { action: 'removed', record, current })) ? true : undefined;
      }),
  };

  /** Undefined when somebody else changed the registration meanwhile. */
  async function tryPut(manifest: WidgetManifest, by: Author): Promise<Put | undefined> {
    const widget = manifest.metadata.id;
    const record = await records.read('widget', widget);
    const current = parseRecord(StoredRegistration, record);
    // What cannot be read is still somebody's.
    if (record !== null && current === undefined)
      throw new StoreUnavailable(new Error('the registration cannot be read'));
    if (current !== undefined) {
      if (current.manifest.metadata.owner !== manifest.metadata.owner) return { status: 'foreign' };
      if (JSON.stringify(current.manifest) === JSON.stringify(manifest)) {
        return { status: 'unchanged', registration: current };
      }
    }
    const registration: Registration = {
      manifest,
      revision: (current?.revision ?? 0) + 1,
      incarnation: current?.incarnation ?? randomUUID().slice(0, 8),
      updatedAt: new Date(by.atMs).toISOString(),
    };
    const status = current === undefined ? 'created' : 'updated';
    const done = await change(widget, by, {
      action: status,
      record,
      current: registration,
      next: registration,
    });
    return done ? { status, registration } : undefined;
  }

  function change(widget: string, by: Author, made: RegistrationChange): Promise<boolean> {
    const { action, record, current, next } = made;
    return records.change({
      entry: {
        at: new Date(by.atMs).toISOString(),
        team: by.team,
        key: by.key,
        action,
        kind: 'widget',
        subject: widget,
        ...(current && { owner: current.manifest.metadata.owner, revision: current.revision }),
      },
      expected: record,
      next: next === undefined ? null : JSON.stringify(next),
      announce: { kind: 'registration', widget },
    });
  }
}

interface RegistrationChange {
  readonly action: AuditAction;
  /** What is stored now. */
  readonly record: string | null;
  /** Whose it is. */
  readonly current: Registration | undefined;
  readonly next?: Registration;
}

/** Tries again while others change the same record. */
async function untilSettled<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let left = attempts; left > 0; left -= 1) {
    const settled = await attempt();
    if (settled !== undefined) return settled;
  }
  throw new StoreUnavailable(new Error('the record kept changing'));
}

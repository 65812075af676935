import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type AuditAction, Registration, type TeamId, type WidgetManifest } from '@widget-mediator/contracts';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { etagOf } from '../registry/etagOf.ts';
import type { Generation } from './generations.ts';
import { parseRecord } from './parseRecord.ts';
import { holds, type Precondition } from './precondition.ts';
import type { Author, RecordChange, RecordStore } from './recordStore.ts';
import { StoreUnavailable } from './storeUnavailable.ts';

/** The durable store of registrations. Every method throws `StoreUnavailable` when it cannot be reached in time. */
export interface RegistrationStore {
  /** All registrations, by widget. */
  readAll(): Promise<ReadonlyMap<string, Registration>>;
  readWhole(): Promise<WholeRegistry>;
  /** From now on what is missing from another generation than this was lost, and not removed. */
  follow(generation: Generation): void;
  /** Puts back what the store lost, but for what is there again or was removed. Returns the generation that is there now. */
  putBack(registrations: readonly Registration[]): Promise<Generation>;
  read(widget: string): Promise<Registration | undefined>;
  /**
   * Stores a manifest under the next revision, unless another team owns the widget; an unchanged one keeps its revision,
   * and is no change that a precondition could forbid: a retry whose first answer was lost succeeds.
   */
  put(manifest: WidgetManifest, by: Author, terms: PutTerms): Promise<Put>;
  remove(widget: string, by: Author, precondition?: Precondition): Promise<Removal>;
}

/** What a manifest is stored under. */
export interface PutTerms {
  /** How many widgets its team may have. */
  readonly widgetsPerTeam: number;
  readonly precondition: Precondition;
}

/** All registrations, by widget, and whether the store lost some of those that memory follows. */
export interface WholeRegistry {
  readonly registrations: ReadonlyMap<string, Registration>;
  readonly generation: Generation | undefined;
  readonly isLost: boolean;
}

/** A registration as it is stored; those from before there were incarnations are of one. */
export const StoredRegistration = Registration.extend({ incarnation: z.string().default('0') });

/**
 * What became of a manifest. `foreign`: the widget is another team's; `not-as-seen`: the precondition does not hold;
 * `full`: the team has as many widgets as it may.
 */
export type Put =
  | { readonly status: 'created' | 'updated' | 'unchanged'; readonly registration: Registration }
  | { readonly status: 'foreign' | 'not-as-seen' | 'full' };

/** What became of a removal. `absent`: there was nothing to remove. */
export type Removal = 'removed' | 'absent' | 'not-as-seen';

const attempts = 5;
const registrationsRemembered = 50_000;

/** Registrations as records: two teams that claim one id at once cannot both win, nor two that saw the same revision. */
export function createRedisRegistrationStore(records: RecordStore): RegistrationStore {
  /** Every publication looks its registration up, and every comparison all of them: most are what they were. */
  const lastRead = new LRUCache<string, { readonly record: string; readonly registration: Registration }>({
    max: registrationsRemembered,
  });

  return {
    readAll: async () => parsed(await records.readAll('widget')),

    async readWhole() {
      const { records: found, ...whole } = await records.readWhole('widget');
      return { registrations: parsed(found), ...whole };
    },

    read: async (widget) => parseOnce(widget, await records.read('widget', widget)),

    follow: (generation) => records.follow('widget', generation),

    putBack: (registrations) =>
      records.putBack(
        'widget',
        new Map(registrations.map((one) => [one.manifest.metadata.id, JSON.stringify(one)])),
      ),

    put: (manifest, by, terms) => untilSettled(() => tryPut(manifest, by, terms)),

    remove: (widget, by, precondition = {}) =>
      untilSettled(async (): Promise<Removal | undefined> => {
        const record = await records.read('widget', widget);
        if (record === null) return 'absent';
        const current = parseRecord(StoredRegistration, record);
        if (!holds(precondition, current && etagOf(current))) return 'not-as-seen';
        const removal = changeOf(widget, by, { action: 'removed', record, current });
        const owner = current?.manifest.metadata.owner ?? '';
        return (await records.changeWithin(removal, { owner, most: 0, ownerOf })) === 'made'
          ? 'removed'
          : undefined;
      }),
  };

  function parsed(all: Readonly<Record<string, string>>): ReadonlyMap<string, Registration> {
    const found = new Map<string, Registration>();
    for (const [widget, record] of Object.entries(all)) {
      const registration = parseOnce(widget, record);
      if (registration !== undefined) found.set(widget, registration);
    }
    return found;
  }

  function parseOnce(widget: string, record: string | null): Registration | undefined {
    if (record === null) return undefined;
    const last = lastRead.get(widget);
    if (last?.record === record) return last.registration;
    const registration = parseRecord(StoredRegistration, record);
    if (registration !== undefined) lastRead.set(widget, { record, registration });
    return registration;
  }

  /** Undefined when somebody else changed the registration meanwhile. */
  async function tryPut(
    manifest: WidgetManifest,
    by: Author,
    { widgetsPerTeam, precondition }: PutTerms,
  ): Promise<Put | undefined> {
    const { id: widget, owner } = manifest.metadata;
    const record = await records.read('widget', widget);
    const current = parseRecord(StoredRegistration, record);
    // What cannot be read is still somebody's.
    if (record !== null && current === undefined)
      throw new StoreUnavailable(new Error('the registration cannot be read'));
    if (current !== undefined && current.manifest.metadata.owner !== owner) return { status: 'foreign' };
    const isApplied = current !== undefined && isDeepStrictEqual(current.manifest, manifest);
    if (isApplied && precondition.ifNoneMatch === undefined) {
      return { status: 'unchanged', registration: current };
    }
    if (!holds(precondition, current && etagOf(current))) return { status: 'not-as-seen' };
    const registration: Registration = {
      manifest,
      revision: (current?.revision ?? 0) + 1,
      incarnation: current?.incarnation ?? randomUUID().slice(0, 8),
      updatedAt: new Date(by.atMs).toISOString(),
    };
    const action = actionOf(current, registration);
    const change = changeOf(widget, by, { action, record, current: registration, next: registration });
    const changed = await records.changeWithin(change, { owner, most: widgetsPerTeam, ownerOf });
    if (changed === 'conflict') return undefined;
    if (changed === 'full') return { status: 'full' };
    return { status: current === undefined ? 'created' : 'updated', registration };
  }
}

const ownerOf = (record: string): TeamId | undefined =>
  parseRecord(StoredRegistration, record)?.manifest.metadata.owner;

function actionOf(before: Registration | undefined, { manifest }: Registration): AuditAction {
  if (before === undefined) return 'created';
  const { deprecation } = manifest.metadata;
  return deprecation !== undefined && before.manifest.metadata.deprecation === undefined
    ? 'deprecated'
    : 'updated';
}

interface RegistrationChange {
  readonly action: AuditAction;
  /** What is stored now. */
  readonly record: string | null;
  /** Whose it is. */
  readonly current: Registration | undefined;
  readonly next?: Registration;
}

function changeOf(
  widget: string,
  by: Author,
  { action, record, current, next }: RegistrationChange,
): RecordChange {
  return {
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
  };
}

/** Tries again while others change the same record. */
async function untilSettled<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let left = attempts; left > 0; left -= 1) {
    const settled = await attempt();
    if (settled !== undefined) return settled;
  }
  throw new StoreUnavailable(new Error('the record kept changing'));
}

import {
  type AuditAction,
  Takedown,
  type TakedownRequest,
  type TakedownTarget,
} from '@widget-mediator/contracts';
import { parseRecord } from './parseRecord.ts';
import type { Author, RecordStore } from './recordStore.ts';
import { StoreUnavailable } from './storeUnavailable.ts';

/** What a takedown is about. */
export type TakenDownThing = Pick<Takedown, 'target' | 'id'>;

/** The durable store of takedowns. Every method throws `StoreUnavailable` when it cannot be reached in time. */
export interface TakedownStore {
  /** Those that are over, too. */
  readAll(): Promise<Takedown[]>;
  read(thing: TakenDownThing): Promise<Takedown | undefined>;
  /** Says whether it is new. */
  put(
    thing: TakenDownThing,
    request: TakedownRequest,
    by: Author,
  ): Promise<{ isNew: boolean; takedown: Takedown }>;
  /** False when there was none. */
  remove(thing: TakenDownThing, by: Author): Promise<boolean>;
  /** Removes what is over. Returns how many. */
  removeEnded(atMs: number): Promise<number>;
}

const attempts = 5;

export function createTakedownStore(records: RecordStore): TakedownStore {
  const readAll = async (): Promise<Takedown[]> => {
    const found = Object.values(await records.readAll('takedown'));
    return found.flatMap((record) => parseRecord(Takedown, record) ?? []).sort(byName);
  };
  return {
    readAll,

    read: async (thing) => parseRecord(Takedown, await records.read('takedown', nameOf(thing))),

    async put(thing, request, by) {
      for (let left = attempts; left > 0; left -= 1) {
        const record = await records.read('takedown', nameOf(thing));
        const revision = (parseRecord(Takedown, record)?.revision ?? 0) + 1;
        const { team, key } = by;
        const takedown: Takedown = { ...thing, ...request, at: isoTime(by), team, key, revision };
        const action = record === null ? 'created' : 'updated';
        if (await change(thing, by, { action, record, next: takedown }))
          return { isNew: record === null, takedown };
      }
      throw keptChanging();
    },

    async remove(thing, by) {
      for (let left = attempts; left > 0; left -= 1) {
        const record = await records.read('takedown', nameOf(thing));
        if (record === null) return false;
        if (await change(thing, by, { action: 'removed', record })) return true;
      }
      throw keptChanging();
    },

    async removeEnded(atMs) {
      let removed = 0;
      for (const takedown of await readAll()) {
        if (!isOver(takedown, atMs)) continue;
        const by: Author = { team: 'mediator', key: 'sweep', atMs };
        const record = await records.read('takedown', nameOf(takedown));
        const current = parseRecord(Takedown, record);
        if (current === undefined || !isOver(current, atMs)) continue;
        if (await change(takedown, by, { action: 'removed', record })) removed += 1;
      }
      return removed;
    },
  };

  function change(
    thing: TakenDownThing,
    by: Author,
    made: { readonly action: AuditAction; readonly record: string | null; readonly next?: Takedown },
  ): Promise<boolean> {
    const { action, record, next } = made;
    return records.change({
      entry: {
        at: isoTime(by),
        team: by.team,
        key: by.key,
        action,
        kind: 'takedown',
        subject: nameOf(thing),
        ...(next && { revision: next.revision }),
      },
      expected: record,
      next: next === undefined ? null : JSON.stringify(next),
      announce: { kind: 'records', of: 'takedown' },
    });
  }
}

/** Whether its time is over. */
export const isOver = ({ until }: Pick<Takedown, 'until'>, atMs: number): boolean =>
  until !== undefined && Date.parse(until) <= atMs;

/** Targets hold no colon, nor do types of items. */
const nameOf = ({ target, id }: { readonly target: TakedownTarget; readonly id: string }): string =>
  `${target}:${id}`;

const byName = (a: Takedown, b: Takedown): number => (nameOf(a) < nameOf(b) ? -1 : 1);

const isoTime = ({ atMs }: Author): string => new Date(atMs).toISOString();

const keptChanging = (): StoreUnavailable => new StoreUnavailable(new Error('the takedown kept changing'));

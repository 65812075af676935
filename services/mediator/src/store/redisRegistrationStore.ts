import { randomUUID } from 'node:crypto';
import { Registration, type WidgetManifest } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Change } from './change.ts';
import { guarded } from './guarded.ts';
import { parseRecord } from './parseRecord.ts';
import type { RedisKeys } from './redisKeys.ts';

/** The durable store of registrations. Every method throws `StoreUnavailable` when it cannot be reached in time. */
export interface RegistrationStore {
  /** All registrations, by widget. */
  readAll(): Promise<ReadonlyMap<string, Registration>>;
  read(widget: string): Promise<Registration | undefined>;
  /** Stores a manifest under the next revision, unless another team owns the widget; an unchanged one keeps its revision. */
  put(manifest: WidgetManifest, nowMs: number): Promise<Put>;
  /** True when there was one to remove. */
  remove(widget: string): Promise<boolean>;
}

/** A registration as it is stored; those from before there were incarnations are of one. */
const StoredRegistration = Registration.extend({ incarnation: z.string().default('0') });

/** What became of a manifest. `foreign`: the widget is another team's. */
export type Put =
  | { readonly status: 'created' | 'updated' | 'unchanged'; readonly registration: Registration }
  | { readonly status: 'foreign' };

/** Compare and set, so that two teams that claim one id at once cannot both win. */
const putScript = `
local current = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if current ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1
`;

/** Registrations in Redis: one hash, a field per widget. */
export function createRedisRegistrationStore(redis: Redis, keys: RedisKeys): RegistrationStore {
  const announcement = (widget: string) => {
    const change: Change = { kind: 'registration', widget };
    return [keys.changes, JSON.stringify(change)] as const;
  };

  return {
    readAll: guarded(async () => {
      const found = new Map<string, Registration>();
      for (const [widget, record] of Object.entries(await redis.hgetall(keys.registrations))) {
        const registration = parseRecord(StoredRegistration, record);
        if (registration !== undefined) found.set(widget, registration);
      }
      return found;
    }),

    read: guarded(async (widget: string) =>
      parseRecord(StoredRegistration, await redis.hget(keys.registrations, widget)),
    ),

    put: guarded(async (manifest: WidgetManifest, nowMs: number) => {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const put = await tryPut(manifest, nowMs);
        if (put !== undefined) return put;
      }
      throw new Error('the registration kept changing');
    }),

    remove: guarded(async (widget: string) => {
      const removed = await redis.hdel(keys.registrations, widget);
      if (removed > 0) await redis.publish(...announcement(widget));
      return removed > 0;
    }),
  };

  /** Undefined when somebody else changed the registration meanwhile. */
  async function tryPut(manifest: WidgetManifest, nowMs: number): Promise<Put | undefined> {
    const widget = manifest.metadata.id;
    const record = await redis.hget(keys.registrations, widget);
    const current = parseRecord(StoredRegistration, record);
    // What cannot be read is still somebody's.
    if (record !== null && current === undefined) throw new Error('the registration cannot be read');
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
      updatedAt: new Date(nowMs).toISOString(),
    };
    const place = [keys.registrations, widget, record ?? '', JSON.stringify(registration)] as const;
    const done = await redis.eval(putScript, 1, ...place, ...announcement(widget));
    return done === 1 ? { status: current === undefined ? 'created' : 'updated', registration } : undefined;
  }
}

import { Audience } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import { admissionScript, expiryScript } from './admissionScript.ts';
import type { Change } from './change.ts';
import { guarded } from './guarded.ts';
import { parseRecord } from './parseRecord.ts';
import type { Admission, AdmissionRequest, PublicationStore, StampedAudience } from './publicationStore.ts';
import { type ContentOwner, contentPlace, type RedisKeys } from './redisKeys.ts';
import { StoredPublication } from './storedPublication.ts';
import { type WidgetKey, widgetOf } from './widgetKey.ts';

/** Publications in Redis: one hash per widget (fields by audience), one per user (fields by widget). */
export function createRedisPublicationStore(redis: Redis, keys: RedisKeys): PublicationStore {
  const hashes = (owner: ContentOwner) => [keys.content(owner), keys.stamps(owner)] as const;
  const announce = (change: Change) => [keys.changes, JSON.stringify(change)] as const;

  return {
    admit: guarded(async (request: AdmissionRequest): Promise<Admission> => {
      const { widget, audience, stored } = request;
      const { owner, field } = contentPlace(widget, audience);
      if (audience.type === 'user') await redis.sadd(keys.userScoped, widgetOf(widget));
      const [status, version] = asReply(
        await redis.eval(
          admissionScript,
          2,
          ...hashes(owner),
          field,
          stored.publication.version,
          stored.digest,
          stored.admittedAtMs,
          JSON.stringify(stored),
          ...announce({ kind: 'publication', widget: widgetOf(widget), audience }),
          audience.type === 'user' ? request.keepMs : 0,
        ),
      );
      return status === 'stored' ? { status } : { status, currentVersion: Number(version) };
    }),

    wouldAdmit: guarded(async ({ widget, audience, stored }: AdmissionRequest): Promise<Admission> => {
      const { owner, field } = contentPlace(widget, audience);
      const stamp = await redis.hget(keys.stamps(owner), field);
      const [version, digest] = stamp?.split(':') ?? ['0', ''];
      const currentVersion = Number(version);
      if (currentVersion > stored.publication.version) return { status: 'outdated', currentVersion };
      const reused = currentVersion === stored.publication.version && digest !== stored.digest;
      return reused ? { status: 'reused', currentVersion } : { status: 'stored' };
    }),

    read: guarded(async (widget: WidgetKey, audience: Audience) => {
      const { owner, field } = contentPlace(widget, audience);
      return parseRecord(StoredPublication, await redis.hget(keys.content(owner), field));
    }),

    stamps: guarded(async (widgets: readonly WidgetKey[]) => {
      const found = new Map<WidgetKey, StampedAudience[]>();
      for (let start = 0; start < widgets.length; start += 200) {
        const batch = widgets.slice(start, start + 200);
        const replies = await Promise.all(batch.map((widget) => readStamps(widget)));
        batch.forEach((widget, index) => {
          found.set(widget, replies[index] ?? []);
        });
      }
      return found;
    }),

    readUser: guarded(async (user: string) => {
      const fields = await redis.hgetall(keys.content({ user }));
      const found = new Map<WidgetKey, StoredPublication>();
      for (const [widget, record] of Object.entries(fields)) {
        const stored = parseRecord(StoredPublication, record);
        if (stored !== undefined) found.set(widget, stored);
      }
      return found;
    }),

    userScopedWidgets: guarded(async () => new Set(await redis.smembers(keys.userScoped))),

    expire: guarded(async (widget: WidgetKey, audience: Audience, stamp: string) => {
      const { owner, field } = contentPlace(widget, audience);
      const removed = await redis.eval(
        expiryScript,
        2,
        ...hashes(owner),
        field,
        stamp,
        ...announce({ kind: 'publication', widget: widgetOf(widget), audience }),
      );
      return removed === 1;
    }),

    removeWidget: guarded(async (widget: WidgetKey) => {
      await redis.del(...hashes({ widget }));
    }),
  };

  async function readStamps(widget: WidgetKey): Promise<StampedAudience[]> {
    // In this order: a first admission in between must not look like one whose time is over.
    const [stamps, fields] = await Promise.all([
      redis.hgetall(keys.stamps({ widget })),
      redis.hkeys(keys.content({ widget })),
    ]);
    const live = new Set(fields);
    return Object.entries(stamps).flatMap(([field, stamp]) => {
      const audience = audienceOf(field);
      return audience === undefined ? [] : [{ audience, stamp, live: live.has(field) }];
    });
  }
}

function audienceOf(field: string): Audience | undefined {
  if (field === 'everyone') return { type: 'everyone' };
  const parsed = Audience.safeParse({ type: 'segment', segment: field.replace(/^segment:/, '') });
  return parsed.success ? parsed.data : undefined;
}

function asReply(reply: unknown): ['stored' | 'outdated' | 'reused', unknown] {
  if (Array.isArray(reply)) {
    const [status, version] = reply;
    if (status === 'stored' || status === 'outdated' || status === 'reused') return [status, version];
  }
  throw new Error('unexpected reply of the admission script');
}

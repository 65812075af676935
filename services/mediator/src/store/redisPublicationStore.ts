import { type Audience, limits } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import { admissionScript, expiryScript, stateScript, withdrawalScript } from './admissionScript.ts';
import type { Change } from './change.ts';
import { audienceOf, type ContentOwner, type ContentPlace, contentPlace, userOwner } from './contentPlace.ts';
import { guarded } from './guarded.ts';
import { inBatches } from './inBatches.ts';
import { createOwnAdmissions } from './ownAdmissions.ts';
import type {
  Admission,
  AdmissionRequest,
  PublicationStore,
  StampedAudience,
  Standing,
  Withdrawal,
} from './publicationStore.ts';
import type { RedisKeys } from './redisKeys.ts';
import { readStamp, stampOf } from './stamp.ts';
import { parseStored, recordRead, type StoredPublication, type StoredRecord } from './storedPublication.ts';
import { StoreUnavailable } from './storeUnavailable.ts';
import { type WidgetKey, widgetOf } from './widgetKey.ts';

/** Nobody rolls back to what is older, and a list that was left behind by a removal is gone then. */
const keptForMs = 30 * 24 * 60 * 60 * 1000;

const withdrawalAttempts = 5;

/** User-scoped content is forgotten this long after its last use could be. */
const userContentGraceMs = 24 * 60 * 60 * 1000;

/** What is over already is kept, too: its version is not forgotten at once. */
const keepMs = ({ admittedAtMs, overAtMs }: AdmissionRequest): number =>
  Math.max(0, overAtMs - admittedAtMs) + userContentGraceMs;

/** Publications in Redis: one hash per widget (fields by audience), one per user (fields by widget). */
export function createRedisPublicationStore(redis: Redis, keys: RedisKeys): PublicationStore {
  const hashes = (owner: ContentOwner) => [keys.content(owner), keys.stamps(owner)] as const;
  const own = createOwnAdmissions();
  const announce = (change: Change) => [keys.changes, JSON.stringify(change)] as const;

  return {
    admit: guarded(async (request: AdmissionRequest): Promise<Admission> => {
      const { widget, audience, version, digest, admittedAtMs, record } = request;
      const place = contentPlace(widget, audience);
      const isForUser = audience.type === 'user';
      const told = announce({
        kind: 'publication',
        widget: widgetOf(widget),
        audience,
        stamp: stampOf(request),
      });
      if (!isForUser) own.note(told[1], request);
      // Both are durable when this resolves, and neither waits for the other.
      const [reply] = await Promise.all([
        admissionScript(
          redis,
          [...hashes(place.owner), keys.kept(place)],
          [
            place.field,
            version,
            digest,
            admittedAtMs,
            record,
            ...told,
            ...(isForUser ? [keepMs(request), 0, 0] : [0, limits.keptVersions, keptForMs]),
          ],
        ),
        isForUser && redis.sadd(keys.userScoped, widgetOf(widget)),
      ]);
      const [status, currentVersion] = asReply(reply);
      if (status !== 'stored') own.take(told[1]);
      return status === 'stored' ? { status } : { status, currentVersion: Number(currentVersion) };
    }),

    wouldAdmit: guarded(
      async ({ widget, audience, version, digest }: AdmissionRequest): Promise<Admission> => {
        const { owner, field } = contentPlace(widget, audience);
        const stamp = await redis.hget(keys.stamps(owner), field);
        if (stamp === null) return { status: 'stored' };
        const { version: currentVersion, digest: currentDigest, withdrawnAtMs } = readStamp(stamp);
        if (currentVersion < version) return { status: 'stored' };
        if (currentVersion > version) return { status: 'outdated', currentVersion };
        if (digest !== currentDigest) return { status: 'reused', currentVersion };
        return withdrawnAtMs === undefined ? { status: 'stored' } : { status: 'withdrawn', currentVersion };
      },
    ),

    read: guarded(async (widget: WidgetKey, audience: Audience) =>
      parseStored(await record(widget, audience)),
    ),

    readRecord: guarded(readRecord),

    ownAdmission: own.take,

    standing: guarded(standing),

    kept: guarded(async (place: ContentPlace) =>
      (await redis.lrange(keys.kept(place), 0, -1)).flatMap((record) => parseStored(record) ?? []),
    ),

    withdraw: guarded(async ({ place, widget, version, atMs }: Withdrawal) => {
      for (let left = withdrawalAttempts; left > 0; left -= 1) {
        // Whom it is for stands in it: a user is not named by anything else.
        const audience = (await standing(place))?.stored?.publication.audience;
        const [channel, message] =
          audience === undefined
            ? [keys.changes, '']
            : announce({ kind: 'publication', widget: widgetOf(widget), audience });
        const args = [place.field, version ?? '', atMs, channel, message] as const;
        const reply = await withdrawalScript(redis, hashes(place.owner), args);
        if (reply !== 'again') return typeof reply === 'string' ? reply : undefined;
      }
      throw new StoreUnavailable(new Error('what is to be withdrawn kept changing'));
    }),

    states: guarded((widgets: readonly WidgetKey[]) =>
      ofEach(widgets, async (widget) => String(await stateScript(redis, hashes({ widget }), []))),
    ),

    stamps: guarded((widgets: readonly WidgetKey[]) => ofEach(widgets, readStamps)),

    readUser: guarded(async (user: string) => {
      const fields = await redis.hgetall(keys.content(userOwner(user)));
      const found = new Map<WidgetKey, StoredPublication>();
      for (const [widget, record] of Object.entries(fields)) {
        const stored = parseStored(record);
        if (stored !== undefined) found.set(widget, stored);
      }
      return found;
    }),

    removeUser: guarded(async (user: string) => {
      const [content, stamps] = hashes(userOwner(user));
      const publications = await redis.hlen(content);
      await redis.del(content, stamps);
      return publications;
    }),

    userScopedWidgets: guarded(async () => new Set(await redis.smembers(keys.userScoped))),

    expire: guarded(async (widget: WidgetKey, audience: Audience, stamp: string) => {
      const { owner, field } = contentPlace(widget, audience);
      const change = announce({ kind: 'publication', widget: widgetOf(widget), audience });
      return (await expiryScript(redis, hashes(owner), [field, stamp, ...change])) === 1;
    }),

    removeWidget: guarded(async (widget: WidgetKey) => {
      const [content, stamps] = hashes({ widget });
      const kept = (await redis.hkeys(stamps)).map((field) => keys.kept({ owner: { widget }, field }));
      await redis.del(content, stamps, ...kept);
    }),
  };

  function record(widget: WidgetKey, audience: Audience): Promise<string | null> {
    const { owner, field } = contentPlace(widget, audience);
    return redis.hget(keys.content(owner), field);
  }

  async function readRecord(widget: WidgetKey, audience: Audience): Promise<StoredRecord | undefined> {
    const { owner, field } = contentPlace(widget, audience);
    return recordRead(await redis.hgetBuffer(keys.content(owner), field));
  }

  /** The stamp first: what is newer than it is told of, or compared, once more. */
  async function standing({ owner, field }: ContentPlace): Promise<Standing | undefined> {
    const [stamp, record] = await Promise.all([
      redis.hget(keys.stamps(owner), field),
      redis.hget(keys.content(owner), field),
    ]);
    return stamp === null ? undefined : { stamp, stored: parseStored(record) };
  }

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

const askedAtOnce = 200;

async function ofEach<T>(
  widgets: readonly WidgetKey[],
  ask: (widget: WidgetKey) => Promise<T>,
): Promise<ReadonlyMap<WidgetKey, T>> {
  const found = new Map<WidgetKey, T>();
  await inBatches(widgets, askedAtOnce, async (widget) => {
    found.set(widget, await ask(widget));
  });
  return found;
}

const admissionStatuses: readonly Admission['status'][] = ['stored', 'outdated', 'reused', 'withdrawn'];

function asReply(reply: unknown): [Admission['status'], unknown] {
  if (Array.isArray(reply)) {
    const [status, version] = reply;
    const found = admissionStatuses.find((one) => one === status);
    if (found !== undefined) return [found, version];
  }
  throw new Error('unexpected reply of the admission script');
}

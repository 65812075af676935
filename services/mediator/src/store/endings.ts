import type { Audience } from '@widget-mediator/contracts';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { audienceOf, contentPlace } from './contentPlace.ts';
import { guarded } from './guarded.ts';
import type { RedisKeys } from './redisKeys.ts';
import { createScript } from './script.ts';
import type { WidgetKey } from './widgetKey.ts';

/** When content of a widget for everyone or for a segment is expected to be over; milliseconds since the epoch. */
export interface Ending {
  readonly widget: WidgetKey;
  readonly audience: Audience;
  readonly atMs: number;
}

/**
 * What is over, without a look at all there is: one sorted set, in which each place stands once. A hint and no more: whether
 * content is over is what its publication and its manifest say.
 */
export interface Endings {
  /** Written a moment later, with others, and never waited for: what is lost on the way is found by the sweep. */
  note(ending: Ending): void;
  /** Those that are due, the longest first; some may be unreadable, and are taken out. */
  due(nowMs: number, most: number): Promise<readonly Ending[]>;
  /** It is dealt with, or has another time; unless somebody has noted another one meanwhile. */
  settle(ending: Ending, laterMs?: number): Promise<void>;
  /** Writes what was noted. */
  close(): Promise<void>;
}

/** So many publications of a busy mediator are noted in one command. */
const togetherMs = 100;

/** KEYS: endings. ARGV: member, the time that was seen, the new one ('' = none). */
const settleScript = createScript(`
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or '-1') ~= tonumber(ARGV[2]) then return 0 end
if ARGV[3] == '' then return redis.call('ZREM', KEYS[1], ARGV[1]) end
return redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
`);

export function createEndings(redis: Redis, keys: RedisKeys, log: Logger): Endings {
  /** By member. */
  let noted = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  return {
    note({ widget, audience, atMs }) {
      noted.set(memberOf(widget, audience), atMs);
      timer ??= setTimeout(() => void write(), togetherMs).unref();
    },

    due: guarded(async (nowMs: number, most: number) => {
      const found = await redis.zrange(
        keys.endings,
        '-inf',
        String(nowMs),
        'BYSCORE',
        'LIMIT',
        0,
        most,
        'WITHSCORES',
      );
      const endings: Ending[] = [];
      for (let at = 0; at + 1 < found.length; at += 2) {
        const [member = '', score] = [found[at], found[at + 1]];
        const ending = endingOf(member, Number(score));
        if (ending === undefined) await redis.zrem(keys.endings, member);
        else endings.push(ending);
      }
      return endings;
    }),

    settle: guarded(async ({ widget, audience, atMs }: Ending, laterMs?: number) => {
      await settleScript(redis, [keys.endings], [memberOf(widget, audience), atMs, laterMs ?? '']);
    }),

    close: write,
  };

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (noted.size === 0) return;
    const members = [...noted].flatMap(([member, atMs]) => [atMs, member]);
    // Another, not cleared, as in `gather.ts`.
    noted = new Map();
    await redis.zadd(keys.endings, ...members).catch((error: unknown) => {
      log.warn({ err: error }, 'ends of content were not noted; the sweep will find them');
    });
  }
}

const memberOf = (widget: WidgetKey, audience: Audience): string =>
  `${widget} ${contentPlace(widget, audience).field}`;

function endingOf(member: string, atMs: number): Ending | undefined {
  const space = member.indexOf(' ');
  const audience = audienceOf(member.slice(space + 1));
  return space < 0 || audience === undefined ? undefined : { widget: member.slice(0, space), audience, atMs };
}

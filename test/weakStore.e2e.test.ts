import { Redis } from 'ioredis';
import { startMediator } from './support/mediatorUnderTest.ts';
import { testWithRealRedis } from './support/needs.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());

const evicts = 'redis may evict publications: set maxmemory-policy to noeviction';
const forgets = 'redis is not append-only: publications may not survive its restart';
const hurries =
  'redis acknowledges before the disk does: set appendfsync to always, or the last seconds may be lost with it';

/** What a mediator says of Redis that starts on this one, set so. */
async function warningsWith(settings: Readonly<Record<string, string>>): Promise<unknown[]> {
  const hand = new Redis(redis.url);
  for (const [name, value] of Object.entries(settings)) await hand.config('SET', name, value);
  hand.disconnect();
  const under = await startMediator({ redisUrl: redis.url });
  try {
    // On the connection that looked before: answered, it has seen.
    const audit = await under.http.get('/v1/audit').set('Authorization', `Bearer ${under.keys.operator}`);
    expect(audit.status).toBe(200);
    return under.logged
      .filter(({ msg }) => String(msg).startsWith('redis '))
      .map(({ msg, policy, appendfsync }) => [msg, policy ?? appendfsync].filter(Boolean));
  } finally {
    await under.stop();
  }
}

testWithRealRedis(
  'a Redis that evicts, is not append-only or does not sync is warned of at start, and a sound one is not',
  async () => {
    const sound = { 'maxmemory-policy': 'noeviction', appendonly: 'yes', appendfsync: 'always' };
    expect(await warningsWith(sound)).toEqual([]);
    for (const policy of ['allkeys-lru', 'volatile-ttl']) {
      const warnings = await warningsWith({ ...sound, 'maxmemory-policy': policy });
      expect(warnings).toEqual([[evicts, policy]]);
    }
    expect(await warningsWith({ ...sound, appendonly: 'no' })).toEqual([[forgets]]);
    for (const appendfsync of ['everysec', 'no']) {
      expect(await warningsWith({ ...sound, appendfsync })).toEqual([[hurries, appendfsync]]);
    }
    const both = await warningsWith({ 'maxmemory-policy': 'allkeys-random', appendonly: 'no' });
    expect(both).toEqual([[evicts, 'allkeys-random'], [forgets]]);
  },
);

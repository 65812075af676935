import { Receipt } from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator, testKeys } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication, publish, register } from './support/widgets.ts';

const redisPrefix = 'rollback';
let redis: TestRedis;
let under: MediatorUnderTest;
let client: Redis;

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url, redisPrefix, layout: roomyLayout() });
  client = new Redis(redis.url);
});
afterAll(async () => {
  client.disconnect();
  await under.stop();
  await redis.end();
});

const alpha = `Bearer ${testKeys.alpha}`;
const idOf = ({ body }: { body: unknown }): string => Receipt.parse(body).publication ?? '';
const look = (id: string) => under.http.get(`/v1/publications/${id}`).set('Authorization', alpha);
const rollBack = (id: string, body: object) =>
  under.http.post(`/v1/publications/${id}/rollback`).set('Authorization', alpha).send(body);
const user = { type: 'user', user: 'u-1' } as const;

describe('rolling back', () => {
  test('publishes the old content under a new version', async () => {
    await register(under, manifest('revised'));
    const good = idOf(await publish(under, 'revised', publication(1, ['good-a', 'good-b'])));
    await publish(under, 'revised', publication(2, ['bad-a', 'bad-b']));
    const outdated = await rollBack(good, { version: 2 });
    expect([outdated.status, outdated.body.type]).toEqual([409, expect.stringMatching(/version-reused$/)]);
    const answer = await rollBack(good, { version: 3 });
    expect([answer.status, answer.body.version]).toEqual([202, 3]);
    await until('the page shows it', async () =>
      (await under.http.get('/v1/homepage')).text.includes('"good-a"'),
    );
    expect((await look(idOf(answer))).body).toMatchObject({ state: 'stored', version: 3 });
    expect((await look(good)).body).toMatchObject({ state: 'superseded', currentVersion: 3 });
  });

  test('brings back what was withdrawn, with other times if it needs them', async () => {
    await register(under, manifest('brought-back'));
    const past = '2020-01-01T00:00:00Z';
    const id = idOf(await publish(under, 'brought-back', publication(1, ['a', 'b'], { expiresAt: past })));
    await under.http.delete(`/v1/publications/${id}`).set('Authorization', alpha);
    expect((await rollBack(id, { version: 2 })).body.verdicts).toEqual([
      { code: 'expired', widget: 'brought-back' },
    ]);
    expect((await rollBack(id, { version: 3, expiresAt: '2099-01-01T00:00:00Z' })).body.verdicts).toEqual([]);
  });

  test('reaches five versions back, and not to what was for one user', async () => {
    await register(under, manifest('remembered'));
    const ids: string[] = [];
    for (let version = 1; version <= 6; version += 1) {
      ids.push(
        idOf(await publish(under, 'remembered', publication(version, ['a', 'b'], { title: `${version}` }))),
      );
      await publish(under, 'remembered', publication(version, ['a', 'b'], { title: `${version}` }));
    }
    const [first = '', second = ''] = ids;
    expect((await rollBack(first, { version: 7 })).body.type).toMatch(/content-not-kept$/);
    expect((await rollBack(second, { version: 7 })).status).toBe(202);
    const personal = await publish(under, 'remembered', publication(1, ['a', 'b'], { audience: user }));
    expect((await rollBack(idOf(personal), { version: 2 })).status).toBe(410);
    for (const body of [{}, { version: 0 }, { version: 8, items: [] }]) {
      expect((await rollBack(second, body)).status).toBe(422);
    }
  });

  test('what is kept goes with its widget', async () => {
    await register(under, manifest('removed-whole'));
    await publish(under, 'removed-whole', publication(1, ['a', 'b']));
    expect(await client.keys('*removed-whole*kept*')).toHaveLength(1);
    await under.http.delete('/v1/widgets/removed-whole').set('Authorization', alpha);
    expect(await client.keys('*{widget:removed-whole@*')).toEqual([]);
  });
});

test('content for a user always has a time after which Redis forgets it', async () => {
  await register(under, manifest('fleeting'));
  const somebody = {
    audience: { type: 'user', user: 'u-fleeting' },
    expiresAt: '2020-01-01T00:00:00Z',
  } as const;
  await publish(under, 'fleeting', publication(1, ['a', 'b'], somebody));
  for (const key of await client.keys(`${redisPrefix}:{user:*`)) {
    expect([key, (await client.pttl(key)) > 0]).toEqual([key, true]);
  }
});

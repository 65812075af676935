import { PublicationStatus, Receipt } from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import { roomyLayout } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator, testKeys } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { explained, manifest, publication, publish, register } from './support/widgets.ts';

const redisPrefix = 'status';
let redis: TestRedis;
let under: MediatorUnderTest;
let other: MediatorUnderTest;
let client: Redis;

beforeAll(async () => {
  redis = await startTestRedis();
  const options = { redisUrl: redis.url, redisPrefix, layout: roomyLayout() };
  [under, other] = await Promise.all([startMediator(options), startMediator(options)]);
  client = new Redis(redis.url);
});
afterAll(async () => {
  client.disconnect();
  await Promise.all([under.stop(), other.stop()]);
  await redis.end();
});

const alpha = `Bearer ${testKeys.alpha}`;
const idOf = ({ body }: { body: unknown }): string => Receipt.parse(body).publication ?? '';
const look = (id: string, key = alpha, at = under) =>
  at.http.get(`/v1/publications/${id}`).set('Authorization', key);
const statusOf = async (id: string, at = under) => PublicationStatus.parse((await look(id, alpha, at)).body);
const withdraw = (id: string) => under.http.delete(`/v1/publications/${id}`).set('Authorization', alpha);
/** Pages are looked at, since looking at publications costs one of the team's requests. */
const untilShown = (item: string, query = '') =>
  until(`both mediators show ${item}`, async () =>
    (await Promise.all([pageOf(under, query), pageOf(other, query)])).every((page) =>
      page.includes(`"${item}"`),
    ),
  );
const untilGone = (item: string) =>
  until(`no page shows ${item}`, async () => !(await pageOf(other)).includes(`"${item}"`));
const pageOf = async (at = other, query = '') =>
  (await at.http.get(`/v1/homepage?device=web${query}`).set('Authorization', `Bearer ${testKeys.reader}`))
    .text;
const user = { type: 'user', user: 'somebody-with-a-name' } as const;

describe('following a publication', () => {
  test('it is stored, and every mediator says when it serves it', async () => {
    await register(under, manifest('followed'));
    const id = idOf(await publish(under, 'followed', publication(1, ['f-1', 'f-2'])));
    await untilShown('f-1');
    expect(await statusOf(id)).toMatchObject({ served: true });
    expect(await statusOf(id, other)).toMatchObject({
      publication: id,
      widget: 'followed',
      version: 1,
      audience: 'everyone',
      state: 'stored',
      served: true,
    });
  });

  test('once a newer one is there it is superseded, by which version', async () => {
    await register(under, manifest('overtaken'));
    const first = idOf(await publish(under, 'overtaken', publication(1, ['a', 'b'])));
    const fan = { audience: { type: 'segment', segment: 'fans' } } as const;
    const second = idOf(await publish(under, 'overtaken', publication(2, ['a', 'b'])));
    const fans = idOf(await publish(under, 'overtaken', publication(1, ['a', 'b'], fan)));
    expect(await statusOf(first)).toMatchObject({ state: 'superseded', currentVersion: 2, served: false });
    expect(await statusOf(second)).toMatchObject({ state: 'stored' });
    expect(await statusOf(fans)).toMatchObject({ state: 'stored', audience: 'segment', segment: 'fans' });
  });

  test('before validFrom it is stored and not served, after expiresAt it is expired', async () => {
    await register(under, manifest('bounded'));
    const soon = new Date(Date.now() + 600).toISOString();
    const starts = idOf(
      await publish(under, 'bounded', publication(1, ['soon-1', 'soon-2'], { validFrom: soon })),
    );
    expect(await statusOf(starts)).toMatchObject({ state: 'stored', served: false, validFrom: soon });
    await untilShown('soon-1');
    expect(await statusOf(starts)).toMatchObject({ served: true });
    const end = new Date(Date.now() + 600).toISOString();
    const ends = idOf(
      await publish(under, 'bounded', publication(2, ['end-1', 'end-2'], { expiresAt: end })),
    );
    await untilShown('end-1');
    await untilGone('end-1');
    expect(await statusOf(ends)).toMatchObject({ state: 'expired', served: false });
  });

  test('of content for a user, nothing names the user', async () => {
    await register(under, manifest('personal'));
    const answer = await publish(under, 'personal', publication(1, ['mine-a', 'mine-b'], { audience: user }));
    const id = idOf(answer);
    expect(Buffer.from(id, 'base64url').toString()).not.toContain(user.user);
    await untilShown('mine-a', `&user=${user.user}`);
    const { text, body } = await look(id);
    expect(body.served).toBe(true);
    expect(text).not.toContain(user.user);
    expect((await client.keys('*')).join()).not.toContain(user.user);
  });

  test('its team and operators may, nobody else', async () => {
    await register(under, manifest('private'));
    const id = idOf(await publish(under, 'private', publication(1, ['a', 'b'])));
    expect((await look(id, `Bearer ${under.keys.operator}`)).status).toBe(200);
    expect((await look(id, `Bearer ${under.keys.beta}`)).body.type).toMatch(/not-your-widget$/);
    expect((await look(id, `Bearer ${under.keys.reader}`)).body.type).toMatch(/scope-missing$/);
    expect((await under.http.get(`/v1/publications/${id}`)).status).toBe(401);
    const foreign = under.http.delete(`/v1/publications/${id}`);
    expect((await foreign.set('Authorization', `Bearer ${under.keys.operator}`)).status).toBe(403);
  });

  test('what was never stored, or is of a widget that is gone, is unknown', async () => {
    await register(under, manifest('short-lived'));
    const first = idOf(await publish(under, 'short-lived', publication(1, ['a', 'b'])));
    const [widget, audience] = Buffer.from(first, 'base64url').toString().split(' ');
    const never = Buffer.from(`${widget} ${audience} 2`).toString('base64url');
    await under.http.delete('/v1/widgets/short-lived').set('Authorization', alpha);
    await register(under, manifest('short-lived'));
    for (const id of [never, first, 'nonsense', `${first}A`, '%20', 'a'.repeat(300)]) {
      const answer = await look(id);
      expect([answer.status, answer.body.type]).toEqual([404, expect.stringMatching(/publication-unknown$/)]);
    }
  });

  test('a dry run has no id', async () => {
    await register(under, manifest('imagined'));
    const { body } = await under.http
      .post('/v1/widgets/imagined/publications?dryRun=true')
      .set('Authorization', alpha)
      .send(publication(1, ['a', 'b']));
    expect(Receipt.parse(body).publication).toBeUndefined();
  });
});

describe('withdrawing', () => {
  test('takes it off the pages of every mediator, which say so, and keeps it off', async () => {
    await register(under, manifest('regretted'));
    const id = idOf(await publish(under, 'regretted', publication(5, ['oops-1', 'oops-2'])));
    await untilShown('oops-1');
    const answer = await withdraw(id);
    expect([answer.status, answer.body.state]).toEqual([200, 'withdrawn']);
    await untilGone('oops-1');
    expect((await explained(other)).text).toContain('{"code":"withdrawn","widget":"regretted"}');
    expect(await statusOf(id, other)).toMatchObject({ state: 'withdrawn', served: false });

    const again = await publish(under, 'regretted', publication(5, ['oops-1', 'oops-2']));
    expect([again.status, again.body.type]).toEqual([409, expect.stringMatching(/version-withdrawn$/)]);
    expect((await publish(under, 'regretted', publication(4, ['x', 'y']))).body.currentVersion).toBe(5);
    expect((await withdraw(id)).body.withdrawnAt).toBe(answer.body.withdrawnAt);
    expect((await publish(under, 'regretted', publication(6, ['good-1', 'good-2']))).status).toBe(202);
    await untilShown('good-1');
  });

  test('is known to a mediator that starts, and to one that was told nothing', async () => {
    await register(under, manifest('untold'));
    const id = idOf(await publish(under, 'untold', publication(1, ['a', 'b'])));
    await withdraw(id);
    const late = await startMediator({ redisUrl: redis.url, redisPrefix, layout: roomyLayout() });
    expect((await explained(late)).text).toContain('{"code":"withdrawn","widget":"untold"}');
    await late.stop();
  });

  test("lets the next audience's content through, and the team's fallback stand in", async () => {
    const items = ['other-1', 'other-2'].map((id) => ({ id, title: id }));
    await register(under, manifest('layered', { fallback: { items } }));
    const segment = { audience: { type: 'segment', segment: 'fans' } } as const;
    await publish(under, 'layered', publication(1, ['all-1', 'all-2']));
    await publish(under, 'layered', publication(1, ['fans-1', 'fans-2'], segment));
    await publish(under, 'layered', publication(1, ['mine-1', 'mine-2'], { audience: user }));
    const page = async () =>
      (
        await other.http
          .get(`/v1/homepage?device=web&segments=fans&user=${user.user}`)
          .set('Authorization', `Bearer ${under.keys.reader}`)
      ).body.placements.find((one: { widget: { id: string } }) => one.widget.id === 'layered')?.widget;
    const shows = (first: string) =>
      until(`it shows ${first}`, async () => (await page())?.items[0]?.id === first);
    const withdrawFor = (audience: string) =>
      under.http.delete('/v1/widgets/layered/publications').query({ audience }).set('Authorization', alpha);
    await shows('mine-1');
    expect((await withdrawFor(`user:${user.user}`)).body).toMatchObject({
      state: 'withdrawn',
      audience: 'user',
    });
    await shows('fans-1');
    expect((await withdrawFor('segment:fans')).status).toBe(200);
    await shows('all-1');
    expect((await withdrawFor('everyone')).status).toBe(200);
    await until('the fallback stands in', async () => (await page())?.provenance === 'fallback');
  });

  test('is refused for what is not current, not there, or not understood', async () => {
    await register(under, manifest('moved-on'));
    const old = idOf(await publish(under, 'moved-on', publication(1, ['a', 'b'])));
    await publish(under, 'moved-on', publication(2, ['a', 'b']));
    const superseded = await withdraw(old);
    expect([superseded.status, superseded.body.currentVersion]).toEqual([409, 2]);
    const byAudience = (query: string) =>
      under.http.delete(`/v1/widgets/moved-on/publications${query}`).set('Authorization', alpha);
    expect((await byAudience('?audience=segment:nobody')).status).toBe(404);
    for (const query of [
      '',
      '?audience=all',
      '?audience=everyone:x',
      '?audience=user:',
      '?audience=everyone&x=1',
    ]) {
      expect([query, (await byAudience(query)).body.errors?.[0].pointer]).toEqual([query, '/audience']);
    }
  });
});

import { Problem, Registration } from '@widget-mediator/contracts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { manifest, publication, publish, pullManifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url });
});
afterAll(async () => {
  await under.stop();
  await redis.end();
});

const bearer = (key: string) => `Bearer ${key}`;
const put = (id: string, body: object, key: string = under.keys.alpha) =>
  under.http.put(`/v1/widgets/${id}`).set('Authorization', bearer(key)).send(body);
const get = (id: string, key: string = under.keys.alpha) =>
  under.http.get(`/v1/widgets/${id}`).set('Authorization', bearer(key));
const remove = (id: string, key: string = under.keys.alpha) =>
  under.http.delete(`/v1/widgets/${id}`).set('Authorization', bearer(key));

describe('registering a widget', () => {
  test('answers 201 with the manifest, its defaults filled in', async () => {
    const answer = await put('first', manifest('first'));
    expect(answer.status).toBe(201);
    const registration = Registration.parse(answer.body);
    expect(registration.revision).toBe(1);
    expect(registration.manifest.spec.budget).toEqual({
      latencyMs: 80,
      ratePerSecond: 200,
      maxBytes: 262_144,
      errorShare: 0.5,
      mode: { rate: 'enforce', errors: 'enforce', load: 'enforce' },
    });
    expect(registration.manifest.spec.dedupe).toEqual({ key: 'item', yields: true, blocks: true });
  });

  test('answers 200 with the same revision when nothing changed, and the next when something did', async () => {
    await put('second', manifest('second'));
    const same = await put('second', manifest('second'));
    expect([same.status, same.body.revision]).toEqual([200, 1]);
    const changed = await put('second', manifest('second', { maxItems: 9 }));
    expect([changed.status, changed.body.revision]).toEqual([200, 2]);
    expect((await get('second')).body.manifest.spec.maxItems).toBe(9);
  });

  test('names every fault by JSON Pointer, and repeats no value', async () => {
    const body = manifest('third', { minItems: 9, maxItems: 3 });
    const faulty = {
      ...body,
      kind: 'SECRET-VALUE',
      spec: { ...body.spec, placements: ['Not A Slug SECRET-VALUE'], colour: 'red' },
    };
    const answer = await put('third', faulty);
    expect([answer.status, answer.type]).toEqual([422, 'application/problem+json']);
    const { errors } = Problem.parse(answer.body);
    expect(errors?.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/kind', '/spec/placements/0', '/spec/colour']),
    );
    expect(answer.text).not.toContain('SECRET-VALUE');
  });

  test('refuses more items at least than at most', async () => {
    const answer = await put('third', manifest('third', { minItems: 9, maxItems: 3 }));
    expect(answer.body.errors).toEqual([
      { pointer: '/spec/minItems', detail: 'must not be more than maxItems' },
    ]);
  });

  test('refuses a manifest under another id than the path', async () => {
    const answer = await put('elsewhere', manifest('third'));
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, '/metadata/id']);
  });

  test.each([
    ['a host that nobody allowed', 'http://169.254.169.254/latest/meta-data'],
    ['a host that only starts like an allowed one', 'http://127.0.0.1.example.com/widget'],
    ['user info before the host', 'http://127.0.0.1@example.com/widget'],
    ['the integer form of an address', 'http://[::ffff:7f00:1]/widget'],
  ])('refuses a pull endpoint on %s', async (_what, endpoint) => {
    const answer = await put('probe', pullManifest('probe', endpoint));
    expect([answer.status, answer.body.type]).toEqual([
      422,
      'urn:widget-mediator:problem:endpoint-not-allowed',
    ]);
  });

  test('knows no widget that was never registered', async () => {
    expect((await get('nobody')).status).toBe(404);
    expect((await remove('nobody')).status).toBe(404);
    expect((await get('Not_A_Slug')).status).toBe(404);
  });

  test('forgets a widget and its content when it is deleted', async () => {
    await register(under, manifest('gone'));
    expect((await publish(under, 'gone', publication(7, ['a', 'b']))).status).toBe(202);
    expect((await remove('gone')).status).toBe(204);
    expect((await get('gone')).status).toBe(404);
    await register(under, manifest('gone'));
    expect((await publish(under, 'gone', publication(1, ['a', 'b']))).status).toBe(202);
  });
});

describe('keys', () => {
  const routes = [
    ['PUT', (key?: string) => withKey(under.http.put('/v1/widgets/keys').send(manifest('keys')), key)],
    ['GET', (key?: string) => withKey(under.http.get('/v1/widgets/keys'), key)],
    ['DELETE', (key?: string) => withKey(under.http.delete('/v1/widgets/keys'), key)],
    [
      'POST',
      (key?: string) =>
        withKey(under.http.post('/v1/widgets/keys/publications').send(publication(1, ['a'])), key),
    ],
  ] as const;
  const withKey = <T extends { set(name: string, value: string): T }>(call: T, key?: string): T =>
    key === undefined ? call : call.set('Authorization', bearer(key));

  beforeAll(() => register(under, manifest('keys')));

  test.each(routes)('%s needs one', async (_method, call) => {
    const answer = await call();
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });

  test.each(routes)('%s refuses an unknown one', async (_method, call) => {
    expect((await call('wm_alpha_guessed')).status).toBe(401);
    expect((await call('nonsense')).status).toBe(401);
  });

  test.each(routes)('%s refuses one without the scope', async (_method, call) => {
    expect((await call(under.keys.reader)).body.type).toBe('urn:widget-mediator:problem:scope-missing');
  });

  test.each(routes)("%s refuses another team's", async (_method, call) => {
    const answer = await call(under.keys.beta);
    expect([answer.status, answer.body.type]).toEqual([403, 'urn:widget-mediator:problem:not-your-widget']);
  });

  test('of two teams that claim one id at once, one wins', async () => {
    const claims = await Promise.all([
      put('claimed', manifest('claimed', {}, 'alpha'), under.keys.alpha),
      put('claimed', manifest('claimed', {}, 'beta'), under.keys.beta),
    ]);
    expect(new Set(claims.map(({ status }) => status))).toEqual(new Set([201, 403]));
  });

  test('are never logged', () => {
    expect(under.logText()).not.toContain('secret-of');
  });
});

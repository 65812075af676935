import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LayoutCheck, type LayoutInput, Problem } from '@widget-mediator/contracts';
import { layoutInput } from './support/layouts.ts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, register } from './support/widgets.ts';

let redis: TestRedis;
let folder: string;
beforeAll(async () => {
  redis = await startTestRedis();
  folder = mkdtempSync(join(tmpdir(), 'layouts-api-test-'));
});
afterAll(async () => {
  await redis.end();
  rmSync(folder, { recursive: true, force: true });
});

const [hero, one, two] = layoutInput().placements;
if (hero === undefined || one === undefined || two === undefined)
  throw new Error('the layout has three placements');
const sound = layoutInput({ prior: [] });

describe('POST /v1/layouts/check', () => {
  let under: MediatorUnderTest;
  beforeAll(async () => {
    under = await startMediator({ redisUrl: redis.url, layout: sound });
  });
  afterAll(() => under.stop());

  const post = (body: string | object, key: string | undefined = under.keys.operator) =>
    under.http
      .post('/v1/layouts/check')
      .set('Content-Type', 'application/json')
      .set(key === undefined ? {} : { Authorization: `Bearer ${key}` })
      .send(body);
  const check = async (layout: LayoutInput) => {
    const answer = await post(layout);
    expect(answer.status).toBe(200);
    return LayoutCheck.strict().parse(answer.body);
  };
  const pointersOf = (findings: readonly { readonly pointer: string }[]) =>
    findings.map(({ pointer }) => pointer);

  test('accepts a good layout, which says little', async () => {
    expect(await check(sound)).toEqual({ accepted: true, errors: [], warnings: [] });
  });

  test('finds five faults of a layout at once', async () => {
    const faulty = layoutInput({
      prior: ['editors-1', 'editors-1'],
      strategy: 'remote',
      caps: [
        { by: 'team', max: 3, window: 4 },
        { by: 'team', max: 4, window: 4 },
      ],
      placements: [
        hero,
        { ...one, pins: [{ widget: 'editors-2' }, { widget: 'editors-3' }] },
        {
          ...two,
          pins: [{ widget: 'editors-1', from: '2027-02-01T00:00:00Z', until: '2027-01-01T00:00:00Z' }],
        },
      ],
    });
    const { accepted, errors, warnings } = await check(faulty);
    expect(accepted).toBe(false);
    expect(pointersOf(errors)).toEqual([
      '/prior/1',
      '/caps/1',
      '/strategy',
      '/placements/2/pins/0/until',
      '/placements/1/pins/1',
    ]);
    for (const { detail } of errors) expect(detail).toMatch(/: /);
    expect(warnings).toEqual([]);
  });

  test('refuses nothing on account of who is registered, and warns', async () => {
    await register(under, manifest('only-rows', { placements: ['row'] }));
    const layout = {
      ...sound,
      prior: ['only-rows', 'nobody'],
      placements: [{ ...hero, pins: [{ widget: 'only-rows' }] }, one, two],
    };
    const { accepted, errors, warnings } = await check(layout);
    expect([accepted, errors]).toEqual([true, []]);
    expect(pointersOf(warnings)).toEqual(['/prior/1', '/placements/0/pins/0/widget']);
  });

  test('names a ranker on a host that is not allowed, as a mediator that starts does', async () => {
    const ranker = { endpoint: 'https://elsewhere.example/rank' };
    const { errors } = await check({ ...sound, strategy: 'remote', ranker });
    expect(pointersOf(errors)).toEqual(['/ranker/endpoint']);
  });

  test('stores nothing: pages are made from the layout in use', async () => {
    await check({ ...sound, version: 'another' });
    expect((await under.http.get('/v1/homepage')).body.layoutVersion).toBe(sound.version);
  });

  test.each([
    ['no key', '', 401, 'key-missing'],
    ['a key that nobody has', 'wm_nobody_x', 401, 'key-unknown'],
    ['the key of a team', 'alpha', 403, 'scope-missing'],
    ['the key of a frontend', 'reader', 403, 'scope-missing'],
  ])('refuses %s', async (_what, name, status, code) => {
    const keys: Readonly<Record<string, string>> = under.keys;
    const request = under.http.post('/v1/layouts/check').send(sound);
    const answer = await (name === ''
      ? request
      : request.set('Authorization', `Bearer ${keys[name] ?? name}`));
    const problem = Problem.parse(answer.body);
    expect([answer.status, problem.type]).toEqual([status, `urn:widget-mediator:problem:${code}`]);
  });

  test.each([
    ['broken JSON', '{"apiVersion":', 400, 'malformed-json'],
    ['nothing', '', 400, 'malformed-json'],
    ['a forbidden key', '{"__proto__":{}}', 400, 'forbidden-key'],
    ['more than 512 KB', `{"id":"${'x'.repeat(512 * 1024)}"}`, 413, 'body-too-large'],
  ])('refuses %s', async (_what, body, status, code) => {
    const answer = await post(body);
    const problem = Problem.parse(answer.body);
    expect([answer.status, problem.type]).toEqual([status, `urn:widget-mediator:problem:${code}`]);
  });

  test('refuses what does not fit the schema, by JSON Pointer, and repeats no value', async () => {
    const { deadlineMs: _left, ...rest } = sound;
    const answer = await post({
      ...rest,
      colour: 'SECRET-VALUE',
      placements: [{ ...hero, kind: 'SECRET VALUE' }],
    });
    const problem = Problem.parse(answer.body);
    expect([answer.status, problem.type]).toEqual([422, 'urn:widget-mediator:problem:validation-failed']);
    expect(pointersOf(problem.errors ?? []).sort()).toEqual(['/colour', '/deadlineMs', '/placements/0/kind']);
    expect(answer.text).not.toMatch(/SECRET.VALUE/);
  });

  test('takes POST only', async () => {
    const answer = await under.http.get('/v1/layouts/check');
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
  });
});

test('each device gets the page of its layout', async () => {
  writeFileSync(join(folder, 'all.json'), JSON.stringify(sound));
  const small = layoutInput({
    id: 'small',
    version: 'small-1',
    devices: ['phone', 'tablet'],
    placements: [hero],
  });
  writeFileSync(join(folder, 'small.json'), JSON.stringify(small));
  const under = await startMediator({ redisUrl: redis.url, environment: { LAYOUT_FILE: folder } });
  for (const [device, version, placements] of [
    ['phone', 'small-1', 1],
    ['tablet', 'small-1', 1],
    ['web', sound.version, 3],
    ['tv', sound.version, 3],
  ] as const) {
    const { body } = await under.http.get(`/v1/homepage?device=${device}`);
    expect([device, body.layoutVersion, body.placements.length]).toEqual([device, version, placements]);
  }
  await under.stop();
});

test('what does not go with the registrations is warned of once synchronised, and again only when it is new', async () => {
  const layout = layoutInput({
    prior: ['late'],
    placements: [
      { id: 'hero', kind: 'hero' },
      { id: 'row', kind: 'row', pins: [{ widget: 'late' }] },
    ],
  });
  const under = await startMediator({ redisUrl: redis.url, layout });
  const warned = () =>
    under.logged
      .filter(({ msg }) => msg === 'the layout does not go with what is registered')
      .map(({ level, layout: id, pointer }) => ({ level, layout: id, pointer }));
  const finding = (pointer: string) => ({ level: 40, layout: 'homepage', pointer });
  const atStart = [finding('/prior/0'), finding('/placements/1/pins/0/widget')];
  expect(warned()).toEqual(atStart);

  // Now the pin names somebody, who does not take rows: one finding less, and another.
  await register(under, manifest('late', { placements: ['hero'] }));
  await until('the registrations were looked at again', () => warned().length > atStart.length);
  expect(warned()).toEqual([...atStart, finding('/placements/1/pins/0/widget')]);
  await under.stop();
});

import { limits, Problem, Registration } from '@widget-mediator/contracts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { manifest } from './support/widgets.ts';

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

const put = (id: string, body: string | object, type = 'application/json') =>
  under.http
    .put(`/v1/widgets/${id}`)
    .set({ Authorization: `Bearer ${under.keys.alpha}`, 'Content-Type': type })
    .send(body);
const get = (id: string) =>
  under.http.get(`/v1/widgets/${id}`).set({ Authorization: `Bearer ${under.keys.alpha}` });
const codeOf = ({ body }: { body: unknown }) =>
  Problem.parse(body).type.replace('urn:widget-mediator:problem:', '');
const ofVersion = (apiVersion: string, id: string) => ({ ...manifest(id), apiVersion });

describe('versions of the contract', () => {
  test('the one before is accepted, answered in its own terms, and marked as deprecated', async () => {
    const body = ofVersion('widget-mediator/v1', 'old');
    const answer = await put('old', { ...body, spec: { ...body.spec, budget: { mode: 'shadow' } } });
    expect([answer.status, answer.body.manifest.apiVersion]).toEqual([201, 'widget-mediator/v1']);
    expect(answer.headers['deprecation']).toMatch(/^@\d{10}$/);
    expect(answer.headers['link']).toContain('</schemas/widget/v2.json>; rel="successor-version"');
    Registration.parse(answer.body);
  });

  test('what was registered in the one before is kept in the current one', async () => {
    const { body, headers } = await get('old');
    const modes = { rate: 'shadow', errors: 'shadow', load: 'shadow' };
    expect([body.manifest.apiVersion, body.manifest.spec.budget.mode]).toEqual(['widget-mediator/v2', modes]);
    expect(headers['deprecation']).toBeUndefined();
  });

  test('the same widget in the other version is no change', async () => {
    await put('same', ofVersion('widget-mediator/v1', 'same'));
    const answer = await put('same', ofVersion('widget-mediator/v2', 'same'));
    expect([answer.status, answer.body.revision, answer.headers['deprecation']]).toEqual([200, 1, undefined]);
  });

  test.each(['widget-mediator/v3', 'widget-mediator/v0', 'SECRET-VALUE', ''])(
    'the version %j is refused, with those that are accepted, and without a word of it',
    async (apiVersion) => {
      const answer = await put('other', { ...manifest('other'), apiVersion });
      expect([answer.status, codeOf(answer), answer.body.errors]).toEqual([
        422,
        'api-version-unsupported',
        [{ pointer: '/apiVersion', detail: 'must be one of widget-mediator/v2, widget-mediator/v1' }],
      ]);
      expect(answer.text).not.toContain('SECRET-VALUE');
    },
  );
});

test('a manifest without a version is held to the current one, and every fault is named', async () => {
  const { apiVersion: _left, ...others } = manifest('other');
  const answer = await put('other', { ...others, kind: 'Gadget' });
  expect([answer.status, codeOf(answer)]).toEqual([422, 'validation-failed']);
  const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers).toEqual(['/apiVersion', '/kind']);
});

describe('a manifest in YAML', () => {
  const yaml = 'application/yaml';
  const written = (
    id: string,
  ) => `# yaml-language-server: $schema=http://127.0.0.1:4000/schemas/widget/v2.json
apiVersion: widget-mediator/v2
kind: Widget
metadata: { id: ${id}, owner: alpha, title: "Written: by hand" }
spec:
  itemType: film
  delivery:
    mode: push
    ttlMs: 3600000
  placements: [row]
`;

  test('is registered like any other', async () => {
    const answer = await put('yaml', written('yaml'), `${yaml}; charset=utf-8`);
    expect([answer.status, answer.body.manifest.metadata.title]).toEqual([201, 'Written: by hand']);
    const { body } = await get('yaml');
    expect((await put('yaml', body.manifest)).body.revision).toBe(1);
  });

  test.each([
    ['an alias', (text: string) => `${text.replace('[row]', '&p [row]')}again: *p\n`, 400, 'malformed-yaml'],
    ['a tag', (text: string) => text.replace('push', '!!js/function push'), 400, 'malformed-yaml'],
    ['a key that stands twice', (text: string) => `${text}kind: Widget\n`, 400, 'malformed-yaml'],
    ['a second document', (text: string) => `${text}---\na: 1\n`, 400, 'malformed-yaml'],
    ['nothing', () => '', 400, 'malformed-yaml'],
    ['nesting without end', () => '['.repeat(16_000), 400, 'malformed-yaml'],
    ['__proto__', (text: string) => `${text}__proto__: { admin: true }\n`, 400, 'forbidden-key'],
    ['infinity', (text: string) => text.replace('3600000', '.inf'), 422, 'validation-failed'],
    ['a list', () => '- a\n', 422, 'validation-failed'],
    ['an unknown field', (text: string) => `${text}colour: red\n`, 422, 'validation-failed'],
    [
      'more than it may hold',
      (text: string) => `${text}#${'-'.repeat(limits.yamlManifestBytes)}\n`,
      413,
      'body-too-large',
    ],
  ])('with %s is refused', async (_what, spoil, status, code) => {
    const answer = await put('spoiled', spoil(written('spoiled')), yaml);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  test('says where it cannot be read, and repeats nothing', async () => {
    const answer = await put('spoiled', `${written('spoiled')}colour: !SECRET-VALUE red\n`, yaml);
    expect(answer.body.errors).toEqual([{ pointer: '', detail: 'cannot be read at line 11, column 9' }]);
    expect(answer.text).not.toContain('SECRET-VALUE');
  });

  test('is not taken where YAML is not', async () => {
    const answer = await under.http
      .post('/v1/widgets/yaml/publications')
      .set({ Authorization: `Bearer ${under.keys.alpha}`, 'Content-Type': yaml })
      .send('version: 1\nitems: []\n');
    expect([answer.status, codeOf(answer)]).toEqual([415, 'media-type-unsupported']);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AcceptedManifest } from '@widget-mediator/contracts';
import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import { parse } from 'yaml';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { manifest, pullManifest } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;
const validates: Record<string, ValidateFunction> = {};

beforeAll(async () => {
  redis = await startTestRedis();
  under = await startMediator({ redisUrl: redis.url });
  for (const version of ['v1', 'v2']) {
    const { body } = await schema(version);
    validates[version] = ajvFormats.default(new Ajv({ strict: false })).compile(body);
  }
});
afterAll(async () => {
  await under.stop();
  await redis.end();
});

const schema = (version: string) => under.http.get(`/schemas/widget/${version}.json`);
/** Whether an editor would have nothing to say of it. */
const isValid = (version: 'v1' | 'v2', document: object) =>
  validates[version]?.({ ...document, apiVersion: `widget-mediator/${version}` });

test('is published without a key, for editors to keep', async () => {
  const answer = await under.http.get('/schemas/widget/v2.json');
  expect([answer.status, answer.type]).toEqual([200, 'application/schema+json']);
  expect(answer.headers['cache-control']).toContain('max-age');
  expect((await under.http.get('/schemas/widget/v3.json')).status).toBe(404);
  expect((await under.http.post('/schemas/widget/v2.json')).status).toBe(405);
});

describe('agrees with the mediator', () => {
  const rows = manifest('row');
  const asked = pullManifest('asked', 'http://127.0.0.1:4100/widget');
  const deprecation = { since: '2026-12-01T00:00:00Z' };

  test.each<[string, object, 'v1' | 'v2', boolean]>([
    ['a push widget', rows, 'v2', true],
    ['a push widget of the version before', rows, 'v1', true],
    ['a pull widget', asked, 'v2', true],
    ['a deprecated one', { ...rows, metadata: { ...rows.metadata, deprecation } }, 'v2', true],
    [
      'a deprecated one in the version before',
      { ...rows, metadata: { ...rows.metadata, deprecation } },
      'v1',
      false,
    ],
    ['a field that nobody knows', { ...rows, colour: 'red' }, 'v2', false],
    ['a name that is none', { ...rows, metadata: { ...rows.metadata, id: 'Not a name' } }, 'v2', false],
    [
      'a title of control characters',
      { ...rows, metadata: { ...rows.metadata, title: '\u0007' } },
      'v2',
      false,
    ],
    [
      'a deprecation without a date',
      { ...rows, metadata: { ...rows.metadata, deprecation: {} } },
      'v2',
      false,
    ],
    ['no placements', { ...rows, spec: { ...rows.spec, placements: [] } }, 'v2', false],
    ['too many items', { ...rows, spec: { ...rows.spec, maxItems: 51 } }, 'v2', false],
    [
      'one mode for all budgets',
      { ...rows, spec: { ...rows.spec, budget: { mode: 'shadow' } } },
      'v2',
      false,
    ],
    [
      'the same in the version before',
      { ...rows, spec: { ...rows.spec, budget: { mode: 'shadow' } } },
      'v1',
      true,
    ],
  ])('on %s', (_what, document, version, valid) => {
    expect(isValid(version, document)).toBe(valid);
    const written = { ...document, apiVersion: `widget-mediator/${version}` };
    expect(AcceptedManifest.safeParse(written).success).toBe(valid);
  });
});

const folder = join(__dirname, '..', 'services', 'recommenders');
const examples = readdirSync(folder);

test.each(examples)(
  'the widget.yaml of %s names the schema, fits it, and is registered as it is',
  async (example) => {
    const text = readFileSync(join(folder, example, 'widget.yaml'), 'utf8');
    expect(text.split('\n')[0]).toMatch(/^# yaml-language-server: \$schema=\S+\/schemas\/widget\/v2\.json$/);
    const document = parse(text);
    expect(validates['v2']?.(document)).toBe(true);
    const asAlpha = text.replace(/^( {2}owner: ).*$/m, '$1alpha');
    const answer = await under.http
      .put(`/v1/widgets/${document.metadata.id}`)
      .set({ Authorization: `Bearer ${under.keys.alpha}`, 'Content-Type': 'application/yaml' })
      .send(asAlpha);
    expect(answer.status).toBe(201);
  },
);

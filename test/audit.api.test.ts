import { AuditLog } from '@widget-mediator/contracts';
import { type MediatorUnderTest, startMediator } from './support/mediatorUnderTest.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { manifest, register } from './support/widgets.ts';

let redis: TestRedis;
let under: MediatorUnderTest;

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.end());
beforeEach(async () => {
  under = await startMediator({ redisUrl: redis.url });
});
afterEach(() => under.stop());

const bearer = (key: string) => ['Authorization', `Bearer ${key}`] as const;
const audit = (query = '', key: string = under.keys.operator) =>
  under.http.get(`/v1/audit${query}`).set(...bearer(key));
const done = ({ entries }: AuditLog) =>
  entries.map(({ team, action, kind, subject, revision }) => ({ team, action, kind, subject, revision }));

test('says who registered, changed and removed a widget, newest first, and never shows a key', async () => {
  await register(under, manifest('row'));
  await register(under, manifest('row', { maxItems: 4 }));
  await register(under, manifest('row', { maxItems: 4 }));
  await under.http.delete('/v1/widgets/row').set(...bearer(under.keys.alpha));
  const { text, body } = await audit();
  const of = { team: 'alpha', kind: 'widget', subject: 'row' };
  expect(done(AuditLog.parse(body))).toEqual([
    { ...of, action: 'removed', revision: 2 },
    { ...of, action: 'updated', revision: 2 },
    { ...of, action: 'created', revision: 1 },
  ]);
  for (const key of Object.values(under.keys)) expect(text).not.toContain(key);
});

test('is read page by page', async () => {
  for (const name of ['a', 'b', 'c']) await register(under, manifest(name));
  const first = AuditLog.parse((await audit('?limit=2')).body);
  expect(first.entries.map(({ subject }) => subject)).toEqual(['c', 'b']);
  const second = AuditLog.parse((await audit(`?limit=2&before=${first.before}`)).body);
  expect(second.entries.map(({ subject }) => subject)).toEqual(['a']);
  expect(second.before).toBeUndefined();
});

test.each(['?limit=0', '?before=x', '?other=1'])('refuses %s', async (query) => {
  expect((await audit(query)).status).toBe(422);
});

test.each(['alpha', 'reader'] as const)('is not for %s', async (key) => {
  expect((await audit('', under.keys[key])).status).toBe(403);
});

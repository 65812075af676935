import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NewKey } from '@widget-mediator/contracts';
import { Redis } from 'ioredis';
import request from 'supertest';
import { type MediatorProcess, startMediatorProcess } from './support/mediatorProcess.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';
import { manifest, publication } from './support/widgets.ts';

const secret = () => randomBytes(32).toString('base64url');
const operator = `wm_operator_${secret()}`;
const publisher = `wm_alpha_${secret()}`;
const [redisPassword, tokenSecret] = [secret(), secret()];

/** What must never be seen, by what it is; made keys are added when they are made. */
const secrets = new Map([
  ["the operator's key", operator],
  ["the publisher's key", publisher],
  ['the password of Redis', redisPassword],
  ['the token secret', tokenSecret],
]);

let redis: TestRedis;
let hand: Redis;
let mediator: MediatorProcess;
let http: ReturnType<typeof request>;
const wanted = { team: 'gamma', scopes: ['read'] };
/** All that was answered, heads and bodies, but for the answers that show a key this once. */
const answered: string[] = [];

beforeAll(async () => {
  redis = await startTestRedis();
  hand = new Redis(redis.url);
  await hand.call('ACL', 'SETUSER', 'mediator', 'on', `>${redisPassword}`, '~*', '&*', '+@all');
  const url = new URL(redis.url);
  [url.username, url.password] = ['mediator', redisPassword];
  mediator = await startMediatorProcess({
    redisUrl: url.href,
    environment: (folder) => ({
      KEYS_FILE: keysFile(folder),
      TOKEN_SECRET: tokenSecret,
      LOG_LEVEL: 'debug',
    }),
  });
  http = request(`http://127.0.0.1:${mediator.port}`);
  await until('it is ready', async () => (await http.get('/readyz')).status === 200);
}, 40_000);
afterAll(async () => {
  await mediator.stop();
  hand.disconnect();
  await redis.end();
});

function keysFile(folder: string): string {
  const entry = (id: string, key: string, scopes: readonly string[]) => ({
    id,
    team: id,
    scopes,
    sha256: createHash('sha256').update(key).digest('hex'),
  });
  const path = join(folder, 'own-keys.json');
  const keys = [entry('operator', operator, ['operate', 'read']), entry('alpha', publisher, ['publish'])];
  writeFileSync(path, JSON.stringify({ keys }));
  return path;
}

interface Sent {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function send(method: 'get' | 'put' | 'post' | 'delete', path: string, sent: Sent = {}) {
  const asked = http[method](path).ok(() => true);
  if (sent.key !== undefined) asked.set('Authorization', `Bearer ${sent.key}`);
  for (const [name, value] of Object.entries(sent.headers ?? {})) asked.set(name, value);
  const answer = await asked.send(sent.body as object | undefined);
  if (answer.status !== 201 || answer.body.key === undefined)
    answered.push(`${JSON.stringify(answer.headers)} ${answer.text}`);
  return answer;
}

async function makeKey(): Promise<NewKey> {
  const body = { team: 'gamma', scopes: ['publish'] };
  const made = NewKey.parse((await send('post', '/v1/keys', { key: operator, body })).body);
  secrets.set(`the key ${made.id}`, made.key);
  return made;
}

/** Every place but the one it belongs in. */
async function misplace(key: string): Promise<void> {
  const as = { key: operator };
  await send('get', `/v1/homepage?key=${key}`);
  await send('get', `/v1/homepage?user=${key}&segments=${key}&explain=true`, as);
  await send('get', '/v1/homepage', { headers: { Authorization: key } });
  await send('get', '/v1/homepage', { headers: { Authorization: `Basic ${key}` } });
  await send('get', '/v1/homepage', { key: `${key}x` });
  await send('get', '/v1/homepage', {
    headers: { 'X-Api-Key': key, Cookie: `key=${key}`, traceparent: key },
  });
  await send('post', '/v1/homepage', { body: { user: key, [key]: key } });
  await send('post', '/v1/homepage', {
    body: `{"user":"${key}`,
    headers: { 'Content-Type': 'application/json' },
  });
  await send('delete', `/v1/keys/${key}`, as);
  await send('get', `/v1/audit?before=${key}`, as);
  await send('get', `/${key}`, as);
  await send('get', `/v1/publications/${key}`, as);
  await send('get', `/v1/sources/${key}`, as);
  await send('post', '/v1/keys', { ...as, body: { team: key, scopes: [key], note: `${key}\u0000` } });
  await send('post', '/v1/layouts/check', { ...as, body: { kind: key, [key]: key } });
  const publishing = { key: publisher, body: { ...publication(1, ['a']), version: key } };
  await send('put', `/v1/widgets/${key}`, { key: publisher, body: manifest('w') });
  await send('post', `/v1/widgets/${key}/publications`, publishing);
  await send('post', '/v1/widgets/things/publications', publishing);
}

/** What must not be there, by where it was found. A part of a secret is a secret. */
function found(places: Readonly<Record<string, string>>): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    [...secrets]
      .filter(([, value]) => text.includes(value.replace(/^wm_[a-z0-9-]+_/, '')))
      .map(([what]) => `${what} in ${place}`),
  );
}

test('no secret is in a log line, an answer, a metric, the audit log, or the process list', async () => {
  await send('put', '/v1/widgets/things', { key: publisher, body: manifest('things', {}, 'alpha') });
  await send('post', '/v1/widgets/things/publications', { key: publisher, body: publication(1, ['a', 'b']) });
  const first = await makeKey();
  const second = NewKey.parse((await send('post', '/v1/key/rotate', { key: first.key })).body);
  secrets.set('the rotated key', second.key);
  expect((await send('post', '/v1/key/rotate', { key: first.key })).status).toBe(409);
  for (const { key } of [first, second]) await misplace(key);
  await misplace(publisher);
  await send('get', '/v1/key', { key: second.key });
  await send('delete', '/v1/key', { key: first.key });
  await send('get', '/v1/key', { key: first.key });

  // Redis takes neither commands nor the password any more, and then does again.
  await hand.call('ACL', 'SETUSER', 'mediator', 'resetpass', '>another');
  await hand.call('CLIENT', 'KILL', 'USER', 'mediator');
  expect((await send('post', '/v1/keys', { key: operator, body: wanted })).status).toBe(503);
  expect((await send('delete', `/v1/keys/${second.id}`, { key: operator })).status).toBe(503);
  await until('it says so', () => mediator.output().includes('redis is away'));
  await hand.call('ACL', 'SETUSER', 'mediator', 'resetpass', `>${redisPassword}`);
  await until(
    'the key is revoked',
    async () => (await send('delete', `/v1/keys/${second.id}`, { key: operator })).status === 204,
  );
  await hand.call('ACL', 'SETUSER', 'mediator', '-publish');
  await send('post', '/v1/keys', { key: operator, body: wanted });
  await hand.call('ACL', 'SETUSER', 'mediator', '+publish');

  const { text: keys } = await send('get', '/v1/keys', { key: operator });
  const { text: audit } = await send('get', '/v1/audit?limit=500', { key: operator });
  const { text: metrics } = await send('get', '/metrics');
  expect(keys).not.toMatch(/sha256|[0-9a-f]{64}/);
  expect([audit.includes(second.id), metrics.includes('mediator_page_seconds')]).toEqual([true, true]);
  const commands = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' });
  expect(commands).toContain('main.js');
  const places = { keys, audit, metrics, commands, log: mediator.output(), answers: answered.join('\n') };
  expect(found(places)).toEqual([]);
  expect(answered.length).toBeGreaterThan(60);
}, 60_000);

test('the search finds a secret where there is one', () => {
  expect(found({ log: `x ${operator}`, answers: '' })).toEqual(["the operator's key in log"]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../packages/launcher/src/config.ts';
import { CHROMIUM, DEFAULT_PORTS, examine, type Machine } from '../scripts/doctor/checks.cjs';
import nodeCheck from '../scripts/doctor/nodeCheck.cjs';
import { isWell, report } from '../scripts/doctor/report.cjs';

/** A machine that has everything, but for `changes`. */
const machine = (changes: Partial<Machine> = {}): Machine => ({
  environment: {},
  cores: 2,
  freeBytes: 50e9,
  recommenders: 5,
  find: ([name = '']) => (name.startsWith('/') ? name : `/usr/bin/${name}`),
  run: () => ({ ok: true, output: '28.0.0' }),
  isFree: async () => true,
  ...changes,
});
const bare: Partial<Machine> = { find: () => undefined };

async function statusesOf(changes: Partial<Machine>): Promise<Record<string, string>> {
  const checks = await examine(machine(changes));
  return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
}

test('a machine that has everything is well', async () => {
  const checks = await examine(machine());
  expect(new Set(checks.map(({ status }) => status))).toEqual(new Set(['ok']));
  expect(isWell(checks)).toBe(true);
});

test('a bare machine lacks what nothing replaces, and is told what is skipped', async () => {
  expect(await statusesOf(bare)).toEqual({
    'npm and npx': 'missing',
    pnpm: 'optional-missing',
    Redis: 'optional-missing',
    curl: 'missing',
    python3: 'missing',
    nginx: 'optional-missing',
    git: 'optional-missing',
    Chromium: 'optional-missing',
    Docker: 'optional-missing',
    'Docker Compose': 'optional-missing',
    'free ports': 'ok',
    'disk space': 'ok',
    'two cores': 'ok',
  });
});

test.each([
  ['REQUIRE_REDIS', 'Redis'],
  ['REQUIRE_CHROMIUM', 'Chromium'],
  ['REQUIRE_NGINX', 'nginx'],
])('%s makes %s required, as it does for the tests', async (variable, name) => {
  expect(await statusesOf({ ...bare, environment: { [variable]: '1' } })).toHaveProperty(name, 'missing');
  const needs = readFileSync(join(__dirname, 'support', 'needs.ts'), 'utf8');
  expect(needs).toContain(`'${variable}'`);
});

test('a Redis elsewhere serves npm start', async () => {
  const environment = { REDIS_URL: 'redis://10.0.0.1:6379' };
  expect(await statusesOf({ ...bare, environment })).toHaveProperty('Redis', 'ok');
});

test('Chromium is looked for where the tests look for it', async () => {
  const asked: string[][] = [];
  const find = (names: readonly string[]) => {
    asked.push([...names]);
    return undefined;
  };
  await examine(machine({ find, environment: { CHROMIUM_PATH: '/opt/chrome' } }));
  expect(asked).toContainEqual(['/opt/chrome']);
  await examine(machine({ find }));
  expect(asked).toContainEqual(['/usr/bin/chromium', ...CHROMIUM]);
  const tests = readFileSync(join(__dirname, 'storefront', 'chromium.ts'), 'utf8');
  expect(tests).toContain(`[${CHROMIUM.map((name) => `'${name}'`).join(', ')}]`);
});

test('a Docker client without an engine is not enough, and either form of Compose is', async () => {
  const clientOnly = { run: () => ({ ok: false, output: '' }) };
  expect(await statusesOf(clientOnly)).toMatchObject({ Docker: 'optional-missing', 'Docker Compose': 'ok' });
  const find: Machine['find'] = ([name = '']) => (name === 'docker' ? '/usr/bin/docker' : undefined);
  expect(await statusesOf({ find })).toMatchObject({ Docker: 'ok', 'Docker Compose': 'ok' });
  expect(await statusesOf({ ...clientOnly, find })).toMatchObject({ 'Docker Compose': 'optional-missing' });
});

test('ports are those of npm start, and a taken one is named with what moves it', async () => {
  const started = readConfig({}, '/');
  if (!started.ok) throw new Error(started.faults.join());
  const { storefront, mediator, recommenders } = started.config.ports;
  expect(Object.values(DEFAULT_PORTS)).toEqual([storefront, mediator, recommenders]);
  const isFree = async (port: number) => ![4000, 4105, 4106].includes(port);
  const ports = (await examine(machine({ isFree }))).find(({ name }) => name === 'free ports');
  expect(ports).toMatchObject({ status: 'optional-missing', found: 'not free: 4000, 4105' });
  expect(ports?.get.debian).toContain('MEDIATOR_PORT, RECOMMENDERS_PORT');
  expect(
    await statusesOf({ isFree, environment: { MEDIATOR_PORT: '4010', RECOMMENDERS_PORT: '4111' } }),
  ).toHaveProperty('free ports', 'ok');
});

test('a full disk and a single core are seen', async () => {
  expect(await statusesOf({ freeBytes: 1e9, cores: 1 })).toMatchObject({
    'disk space': 'missing',
    'two cores': 'optional-missing',
  });
});

test('Node is held to what package.json says', () => {
  const statuses = ['18.20.8', '20.18.3', '20.19.0', '22.0.0'].map((version) => nodeCheck(version).status);
  expect(statuses).toEqual(['missing', 'missing', 'ok', 'ok']);
  const [major, minor] = nodeCheck('20.19.0').wanted.split('.');
  const gate = readFileSync(join(__dirname, '..', 'scripts', 'requireNode.cjs'), 'utf8');
  expect(gate).toContain(`wanted = [${major}, ${minor}]`);
});

test('the report says of what is missing what needs it and how to get it, and sums up', async () => {
  const text = report(
    await examine(machine({ find: ([name = '']) => (name === 'curl' ? undefined : `/bin/${name}`) })),
  );
  expect(text).toMatch(/^missing +curl +no curl on PATH$/m);
  expect(text).toMatch(/Debian: +sudo apt-get install curl/);
  expect(text).toMatch(/^ok +git +\/bin\/git$/m);
  expect(text).toMatch(/Missing: curl\.$/);
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Config, WorkerConfig } from '@widget-mediator/mediator';
import { readConfig as readRecommenderConfig } from '../../packages/recommender-host/src/config.ts';
import { createKeyring } from '../../services/mediator/src/http/keyring.ts';
import { createKeyRegister } from '../../services/mediator/src/keys/keyRegister.ts';
import { KeysFile } from '../../services/mediator/src/keys/keysFile.ts';
import { readConfig as readStorefrontConfig } from '../../services/storefront/src/server/config.ts';
import { environmentOf } from './environmentOf.ts';
import { containerOf, folder, kustomization, podLabels, root, workload, workloads } from './manifests.ts';

const parent = mkdtempSync(join(tmpdir(), 'kubernetes-test-'));
const secrets = join(parent, 'secrets');
const makeSecrets = () =>
  spawnSync(process.execPath, [join(folder, 'makeSecrets.mjs'), secrets], { encoding: 'utf8' });
const made = makeSecrets();
afterAll(() => rmSync(parent, { recursive: true }));

const recommenders = workloads.filter(
  (one) => podLabels(one)['app.kubernetes.io/component'] === 'recommender',
);
const recommenderNames = recommenders.map(({ metadata }) => metadata.name);
const environment = (name: string) => environmentOf(workload(name), secrets);

test('the script makes every secret that the kustomization reads, and makes none twice', () => {
  expect(made).toMatchObject({ status: 0, stderr: '' });
  const asked = kustomization.secretGenerator.flatMap(({ files, envs }) => [...files, ...envs]);
  expect(readdirSync(secrets).sort()).toEqual(asked.map((file) => basename(file)).sort());
  expect(makeSecrets()).toMatchObject({ status: 1, stderr: expect.stringContaining('already') });
});

test('no secret is in the repository: without the script there is nothing to apply', () => {
  const ignored = readFileSync(join(folder, '.gitignore'), 'utf8').split('\n');
  expect(ignored).toContain('secrets/');
  const asked = kustomization.secretGenerator.flatMap(({ files, envs }) => [...files, ...envs]);
  for (const file of asked) expect(file).toMatch(/^secrets\//);
});

describe('every variable is one that the service reads, and together they let it start', () => {
  const namesIn = (file: string): string[] =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^ +([A-Z][A-Z_]+): /gm)].map(
      ([, name = '']) => name,
    );

  test('mediator', () => {
    expect(Object.keys(Config.shape)).toEqual(expect.arrayContaining(Object.keys(environment('mediator'))));
    expect(Config.safeParse(environment('mediator')).error).toBeUndefined();
    expect(environment('mediator')['JOBS']).toBe('apart');
  });

  test('worker', () => {
    expect(Object.keys(WorkerConfig.shape)).toEqual(
      expect.arrayContaining(Object.keys(environment('worker'))),
    );
    expect(WorkerConfig.safeParse(environment('worker')).error).toBeUndefined();
  });

  test('storefront', () => {
    const known = namesIn('services/storefront/src/server/config.ts');
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment('storefront'))));
    expect(readStorefrontConfig(environment('storefront'))).toMatchObject({ ok: true });
  });

  test.each(recommenderNames)('%s', (name) => {
    const known = namesIn('packages/recommender-host/src/config.ts');
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment(name))));
    expect(readRecommenderConfig(environment(name))).toMatchObject({ publicUrl: `http://${name}:8080` });
  });
});

test('the keys that services are given are those that the mediator knows, for the right team', () => {
  const file = KeysFile.parse(JSON.parse(readFileSync(join(secrets, 'keys.json'), 'utf8')));
  const keyring = createKeyring(createKeyRegister(file).find);
  const teams = recommenderNames.map((name) => keyring(environment(name)['API_KEY'] ?? '')?.team);
  expect(teams).toEqual(['similarity', 'continue', 'gems', 'releases', 'popular']);
  expect([...(keyring(environment('storefront')['READ_KEY'] ?? '')?.scopes ?? [])]).toEqual(['read']);
  expect(keyring(environment('storefront')['OPERATOR_KEY'] ?? '')?.scopes).toContain('operate');
});

test('the keys file is mounted where the mediator looks for it', () => {
  const [mount] = containerOf(workload('mediator')).volumeMounts;
  const [generator] = kustomization.secretGenerator.filter(({ name }) => name === 'mediator-keys');
  expect(generator?.files.map((file) => `${mount?.mountPath}/${basename(file)}`)).toEqual([
    environment('mediator')['KEYS_FILE'],
  ]);
});

test('only pods that may be asked are on the allow-list, on the ports that they listen on', () => {
  const { SOURCE_ALLOW_LIST } = Config.parse(environment('mediator'));
  expect(SOURCE_ALLOW_LIST).toEqual(['because-you-watched:8080', 'continue-watching:8080']);
  for (const { metadata } of recommenders) expect(environment(metadata.name)['PORT']).toBe('8080');
});

test.each(['mediator', 'worker'])('%s has the time to drain before it is killed', (name) => {
  const { DRAIN_MS } = WorkerConfig.parse(environment(name));
  const sleepSeconds = Number(containerOf(workload(name)).lifecycle?.preStop.exec.command[1] ?? 0);
  const graceSeconds = workload(name).spec.template.spec.terminationGracePeriodSeconds;
  // After the last request: letting go of jobs, sources and Redis.
  expect(graceSeconds).toBeGreaterThanOrEqual(sleepSeconds + DRAIN_MS / 1000 + 5);
});

test('Redis keeps what it acknowledged, and refuses rather than forgets', () => {
  const { command, resources } = containerOf(workload('redis'));
  const setting = (name: string) => command[command.indexOf(`--${name}`) + 1];
  expect(setting('appendonly')).toBe('yes');
  expect(setting('appendfsync')).toBe('always');
  expect(setting('maxmemory-policy')).toBe('noeviction');
  expect(Number.parseInt(setting('maxmemory') ?? '', 10)).toBeLessThan(
    Number.parseInt(resources.limits.memory, 10) * 0.75,
  );
});

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layoutInput } from './support/layouts.ts';
import { startTestRedis, type TestRedis } from './support/redis.ts';
import { until } from './support/until.ts';

const main = join(__dirname, '..', 'services', 'mediator', 'dist', 'main.js');
let redis: TestRedis;
let folder: string;

beforeAll(async () => {
  redis = await startTestRedis();
  folder = mkdtempSync(join(tmpdir(), 'mediator-process-'));
});
afterAll(async () => {
  await redis.end();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  output(): string;
  readonly exited: Promise<number | null>;
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function run(environment: Record<string, string>): Run {
  const child = spawn(process.execPath, [main], { env: { ...environment } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return { child, output: () => output, exited: new Promise((resolve) => child.once('close', resolve)) };
}

const settings = (changes: Record<string, string> = {}) => ({
  PORT: '0',
  REDIS_URL: redis.url,
  KEYS_FILE: file('keys.json', { keys: [] }),
  LAYOUT_FILE: file('layout.json', layoutInput()),
  TOKEN_SECRET: 'a secret of at least thirty-two characters',
  ...changes,
});

test('with settings missing, it names them all and exits', async () => {
  const { exited, output } = run({ PORT: 'many' });
  expect(await exited).toBe(1);
  for (const name of ['PORT', 'REDIS_URL', 'KEYS_FILE', 'TOKEN_SECRET'])
    expect(output()).toContain(`${name}:`);
});

test('with a layout that cannot be used, it says everything that is wrong with it, by pointer', async () => {
  const placements = [
    { id: 'hero', kind: 'hero' },
    { id: 'hero', kind: 'banner' },
  ];
  const { exited, output } = run(settings({ LAYOUT_FILE: file('bad.json', layoutInput({ placements })) }));
  expect(await exited).toBe(1);
  expect(output()).toMatch(/bad\.json cannot be used:\n {2}\/placements\/1/);
  expect(output()).not.toContain('    at ');
});

test.each([
  ['is not JSON', '{'],
  ['/keys', { keys: 'none' }],
])('with a keys file at fault, it says so: %s', async (fault, content) => {
  const { exited, output } = run(settings({ KEYS_FILE: file('bad-keys.json', content) }));
  expect(await exited).toBe(1);
  expect(output()).toContain('bad-keys.json cannot be used');
  expect(output()).toContain(fault);
});

test.each(['SIGTERM', 'SIGINT'] as const)('on %s it drains, stops and exits with 0', async (signal) => {
  const { child, exited, output } = run(settings());
  await until('it listens', () => output().includes('listening'));
  child.kill(signal);
  expect(await exited).toBe(0);
  expect(output()).toContain('"msg":"stopped"');
});

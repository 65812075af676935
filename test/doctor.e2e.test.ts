import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const script = join(__dirname, '..', 'scripts', 'doctor.cjs');
const folder = mkdtempSync(join(tmpdir(), 'doctor-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const Report = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), status: z.string(), found: z.string() })),
});

/** Runs the doctor where PATH holds nothing but these programs. */
function doctor(programs: readonly string[], options: readonly string[]) {
  const path = mkdtempSync(join(folder, 'path-'));
  for (const program of programs) {
    writeFileSync(join(path, program), '#!/bin/sh\nexit 1\n');
    chmodSync(join(path, program), 0o755);
  }
  return spawnSync(process.execPath, [...options.slice(0, -1), script, ...options.slice(-1)], {
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: path },
  });
}

test('where PATH lacks things it says which, and exits with 1', () => {
  const { status, stdout, stderr } = doctor(['npm', 'npx', 'python3', 'docker'], ['--json']);
  expect([status, stderr]).toEqual([1, '']);
  const { ok, checks } = Report.parse(JSON.parse(stdout));
  const found = Object.fromEntries(checks.map((check) => [check.name, `${check.status}: ${check.found}`]));
  expect(ok).toBe(false);
  expect(found).toMatchObject({
    Node: `ok: ${process.versions.node}`,
    python3: expect.stringMatching(/^ok: .*python3$/),
    curl: 'missing: no curl on PATH',
    Redis: 'optional-missing: no redis-server, no valkey-server on PATH',
    Docker: 'optional-missing: only the client: no engine answers',
  });
});

test('where everything required is there it exits with 0', () => {
  const { status, stdout } = doctor(['npm', 'npx', 'python3', 'curl'], ['--json']);
  expect(Report.parse(JSON.parse(stdout)).ok).toBe(true);
  expect(status).toBe(0);
});

test('an old Node is told that it is too old, and asked nothing else', () => {
  const old = join(folder, 'old.cjs');
  writeFileSync(old, `Object.defineProperty(process, 'versions', { value: { node: '12.22.12' } });`);
  const { status, stdout, stderr } = doctor([], ['--require', old, '--json']);
  expect([status, stderr]).toEqual([1, '']);
  expect(Report.parse(JSON.parse(stdout)).checks).toMatchObject([
    { name: 'Node', status: 'missing', found: '12.22.12' },
  ]);
});

test('it explains itself, and refuses what it does not know', () => {
  expect(doctor([], ['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('--json') });
  expect(doctor([], ['--jason'])).toMatchObject({ status: 2, stderr: 'Unknown: --jason\n' });
});

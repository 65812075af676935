import { execFile } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { promisify } from 'node:util';
import type { RunningRedis } from '@widget-mediator/launcher';
import type { Machine } from './benchReport.ts';

const run = promisify(execFile);

/** Looked at before anything is measured. */
export async function describeMachine(root: string, { kind, version }: RunningRedis): Promise<Machine> {
  return { ...(await describeHost(root)), redis: `${kind} ${version}` };
}

/** The same for what needs no Redis. */
export async function describeHost(root: string): Promise<Omit<Machine, 'redis'>> {
  const [first] = cpus();
  return {
    cores: cpus().length,
    cpu: first?.model.trim() ?? 'unknown',
    platform: `${process.platform} ${process.arch}`,
    node: process.version.slice(1),
    commit: await commitOf(root),
    loadBefore: loadavg()[0] ?? 0,
  };
}

async function commitOf(root: string): Promise<string> {
  try {
    const { stdout: commit } = await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
    const { stdout: changes } = await run('git', ['status', '--porcelain'], { cwd: root });
    return `${commit.trim()}${changes === '' ? '' : '+'}`;
  } catch {
    return 'unknown';
  }
}

import { execFile, spawn, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How compose is called on this machine. */
export interface Engine {
  /** `docker compose` or `docker-compose`, as a command and its first arguments. */
  readonly compose: readonly [string, ...string[]];
  readonly version: string;
}

const candidates = [['docker', 'compose'] as const, ['docker-compose'] as const];

/** The first compose that there is, if an engine answers it. */
export function findEngine(): Engine | undefined {
  if (spawnSync('docker', ['version', '--format', '{{.Server.Version}}']).status !== 0) return undefined;
  for (const compose of candidates) {
    const [command, ...first] = compose;
    const asked = spawnSync(command, [...first, 'version', '--short'], { encoding: 'utf8' });
    if (asked.status === 0) return { compose, version: `${compose.join(' ')} ${asked.stdout.trim()}` };
  }
  return undefined;
}

/** Output of `docker` with these arguments. Rejects with what it said when it fails. */
export async function docker(...args: readonly string[]): Promise<string> {
  return (await run('docker', args, { maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
}

/** Runs compose and shows what it says, for what takes long. */
export function composeAloud(engine: Engine, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [command, ...first] = engine.compose;
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], { env, stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`compose ${args.join(' ')} ended with code ${code}`)),
    );
  });
}

/** For a process that looks for names that are not there: each is given up after a second, and none waits for another. */
export const impatient = ['--env', 'RES_OPTIONS=timeout:1 attempts:1', '--env', 'UV_THREADPOOL_SIZE=32'];

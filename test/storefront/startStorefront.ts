import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { OPERATOR_KEY, READ_KEY } from './fakeMediator.ts';

const dist = join(__dirname, '..', '..', 'services', 'storefront', 'dist');
const main = join(dist, 'server', 'main.js');

export type Storefront = {
  readonly origin: string;
  readonly process: ChildProcess;
  /** Stops the process and tells its exit code. */
  readonly stop: (how?: 'SIGTERM' | 'SIGINT' | 'disconnect') => Promise<number | null>;
};

/** Starts the built server as a process of its own, on a free port. */
export async function startStorefront(mediatorUrl: string): Promise<Storefront> {
  for (const built of [main, join(dist, 'web', 'index.html')]) {
    if (!existsSync(built)) throw new Error(`${built} is missing: run the build first`);
  }
  const process = spawnStorefront({ PORT: '0', MEDIATOR_URL: mediatorUrl, READ_KEY, OPERATOR_KEY });
  const port = await listeningPort(process);
  return {
    process,
    origin: `http://127.0.0.1:${port}`,
    stop: async (how = 'SIGTERM') => {
      if (process.exitCode !== null) return process.exitCode;
      const exited = once(process, 'exit');
      if (how === 'disconnect') process.disconnect();
      else process.kill(how);
      const [code]: (number | null)[] = await exited;
      return code ?? null;
    },
  };
}

/** With an IPC channel, as a launcher would start it. */
export function spawnStorefront(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
}

/** The log's first line that says so; PORT=0 leaves the choice to the system. */
async function listeningPort(process: ChildProcess): Promise<number> {
  if (!process.stdout) throw new Error('the process has no stdout');
  for await (const line of createInterface({ input: process.stdout })) {
    const { msg, address } = JSON.parse(line) as { msg: string; address?: { port: number } };
    if (msg === 'listening' && address) {
      process.stdout.resume();
      return address.port;
    }
  }
  throw new Error('the storefront ended before it listened');
}
